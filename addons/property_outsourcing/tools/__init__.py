from .chinese_amount import amount_to_chinese
