{
    "name": "Property Outsourcing: a made-up add-on",
    "summary": "Site electricity: what an add-on above the suite brings through its hooks",
    "version": "19.0.1.0.0",
    "category": "Hidden/Tests",
    "author": "Property Outsourcing contributors",
    "license": "LGPL-3",
    "depends": ["property_outsourcing_portal"],
    "data": [
        "security/ir.model.access.csv",
        "security/extension_meter_rules.xml",
        "views/portal_meter.xml",
    ],
    "assets": {"web.assets_frontend": ["test_outsourcing_extension/static/src/**/*"]},
}
