{
    "name": "Property Outsourcing: {{name.removeprefix('property_outsourcing_').replace('_', ' ').title()}}",
    "summary": "What the add-on {{ name }} is for",
    "version": "19.0.1.0.0",
    "category": "Services/Outsourcing",
    "author": "Property Outsourcing contributors",
    "license": "LGPL-3",
    "depends": ["property_outsourcing"],
    "data": ["security/ir.model.access.csv"],
}
