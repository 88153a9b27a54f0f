FILE_OWNERS = ("outsourcing.complaint.photo", "outsourcing.complaint")


def uninstall_hook(env):
    """Remove what residents have sent: files outlive the models they belong to."""
    domain = [("res_model", "in", FILE_OWNERS), ("res_field", "in", [False, "content", "thumbnail"])]
    env["ir.attachment"].search(domain).unlink()
