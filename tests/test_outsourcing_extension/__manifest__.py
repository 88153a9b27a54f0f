{
    "name": "Property Outsourcing: a made-up add-on",
    "summary": "What an add-on above the suite brings through its hooks, as EXTENDING.md shows it",
    "version": "19.0.1.0.0",
    "category": "Hidden/Tests",
    "author": "Property Outsourcing contributors",
    "license": "LGPL-3",
    "depends": ["property_outsourcing_portal"],
}
