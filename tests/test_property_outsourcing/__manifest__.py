{
    "name": "Property Outsourcing: tests of the whole chain",
    "summary": "The two stories from contract to payment, across all add-ons",
    "version": "19.0.1.0.0",
    "category": "Hidden/Tests",
    "author": "Property Outsourcing contributors",
    "license": "LGPL-3",
    "depends": [
        "property_outsourcing",
        "property_outsourcing_site",
        "property_outsourcing_acceptance",
        "property_outsourcing_finance",
        "property_outsourcing_finance_l10n_cn",
        "property_outsourcing_portal",
        "l10n_cn",
    ],
    "assets": {"web.assets_tests": ["test_property_outsourcing/static/tests/tours/**/*"]},
}
