"""Views that stand beside the button to complete a contract would not find it before they are replaced."""


def migrate(cr, version):
    cr.execute(
        r"""
        UPDATE ir_ui_view view
           SET arch_db = replace(
               arch_db::text, 'name=\"action_complete\"', 'name=\"action_ask_complete\"'
           )::jsonb
          FROM ir_model_data data
         WHERE data.model = 'ir.ui.view' AND data.res_id = view.id
           AND data.module = 'property_outsourcing' AND view.model = 'outsourcing.contract'
        """
    )
