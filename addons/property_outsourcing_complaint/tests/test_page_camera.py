import base64
import json
import subprocess
import tempfile
from pathlib import Path

from PIL import Image

from odoo.tests import tagged

from .page_common import PageCommon

# core's own reader of codes sees what the camera of a phone would see
READ = """
    const image = new Image();
    const tell = (text) => text === %s
        ? console.log("test successful")
        : console.error("The camera read: " + text);
    image.onload = () => new ZXing.BrowserMultiFormatReader().decodeFromImageElement(image)
        .then((result) => tell(result.getText()), (error) => tell(String(error)));
    const script = document.createElement("script");
    script.src = "/web/static/lib/zxing-library/zxing-library.js";
    script.onload = () => { image.src = "data:image/png;base64,%s"; };
    document.head.appendChild(script);
"""


@tagged("post_install", "-at_install")
class TestPageCamera(PageCommon):
    """The printed sheet is held before a camera."""

    def test_what_a_camera_reads_on_the_printed_sheet_opens_the_page(self):
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        name = "property_outsourcing_complaint.outsourcing_complaint_code_sheet"
        content, _kind = report._render_qweb_pdf(name, self.code.ids)
        with tempfile.TemporaryDirectory() as folder:
            sheet = Path(folder, "sheet")
            sheet.write_bytes(content)
            subprocess.run(["pdftoppm", "-r", "100", "-png", sheet, sheet], check=True)
            [drawn] = Path(folder).glob("*.png")
            # as of a phone that is held a little askew
            Image.open(drawn).convert("RGB").rotate(3, fillcolor="white", expand=True).save(drawn)
            picture = base64.b64encode(drawn.read_bytes()).decode()
        self.browser_js("/web/login", READ % (json.dumps(self.code.link), picture))
