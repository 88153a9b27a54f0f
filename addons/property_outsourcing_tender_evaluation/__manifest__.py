{
    "name": "Property Outsourcing: Tenders and Evaluations",
    "summary": "Past performance and gold partners count in the ranking of bids, as lines with their source",
    "version": "19.0.1.1.0",
    "category": "Services/Outsourcing",
    "author": "Property Outsourcing contributors",
    "license": "LGPL-3",
    "depends": ["property_outsourcing_tender", "property_outsourcing_evaluation"],
    "data": ["views/outsourcing_tender_views.xml", "views/tender_parts.xml"],
    "auto_install": True,
}
