from . import maintenance_equipment, outsourcing_area, outsourcing_community, outsourcing_location
