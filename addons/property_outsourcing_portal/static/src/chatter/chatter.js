import { Chatter } from "@mail/chatter/web_portal/chatter";
import { patch } from "@web/core/utils/patch";
import { session } from "@web/session";

patch(Chatter.prototype, {
    /** Whether the document has pages in the portal, where its parties read what they are sent. */
    get isOutsourcingTalk() {
        return Boolean(this.props.threadId) && (session.outsourcing_talk_models || []).includes(this.props.threadModel);
    },

    openOutsourcingTalk() {
        this.env.services.action.doAction("property_outsourcing_portal.outsourcing_message_wizard_action", {
            additionalContext: {
                default_res_model: this.props.threadModel,
                default_res_id: this.props.threadId,
            },
            onClose: () => this.load(this.state.thread, [...this.requestList, "messages"]),
        });
    },
});
