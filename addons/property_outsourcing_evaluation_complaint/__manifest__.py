{
    "name": "Property Outsourcing: Surveys and Complaints",
    "summary": "What households wrote in a satisfaction survey becomes a complaint when a manager says so",
    "version": "19.0.1.0.0",
    "category": "Services/Outsourcing",
    "author": "Property Outsourcing contributors",
    "license": "LGPL-3",
    "depends": ["property_outsourcing_evaluation", "property_outsourcing_complaint"],
    "data": ["views/outsourcing_survey_comment_views.xml", "views/outsourcing_complaint_views.xml"],
    "demo": ["demo/outsourcing_survey_complaint_demo.xml"],
    "auto_install": True,
}
