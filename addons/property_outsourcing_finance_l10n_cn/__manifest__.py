{
    "name": "Property Outsourcing: Settlement, Chinese Localisation",
    "summary": "One field for the fapiao of a vendor bill where the Chinese localisation brings its own",
    "version": "19.0.1.0.0",
    "category": "Services/Outsourcing",
    "license": "LGPL-3",
    "author": "Property Outsourcing contributors",
    "depends": ["property_outsourcing_finance", "l10n_cn"],
    "data": ["views/account_move_views.xml"],
    "auto_install": True,
}
