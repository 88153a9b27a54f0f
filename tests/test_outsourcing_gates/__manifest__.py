{
    "name": "Property Outsourcing: gates that need a database",
    "summary": "Odoo's own lint, help texts, access rights and menus, over what is installed",
    "version": "19.0.1.0.0",
    "category": "Hidden/Tests",
    "author": "Property Outsourcing contributors",
    "license": "LGPL-3",
    "depends": ["property_outsourcing"],
}
