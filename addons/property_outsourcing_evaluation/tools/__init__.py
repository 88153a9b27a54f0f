from .charts import draw_radar, draw_trend, get_color, tabulate
