"""Views written for the scope's former text of the unit would fail before they are replaced."""


def migrate(cr, version):
    cr.execute(
        r"""
        UPDATE ir_ui_view view
           SET arch_db = replace(arch_db::text, 'name=\"unit\"', 'name=\"uom_id\"')::jsonb
          FROM ir_model_data data
         WHERE data.model = 'ir.ui.view' AND data.res_id = view.id
           AND data.module = 'property_outsourcing' AND view.model = 'outsourcing.contract'
        """
    )
