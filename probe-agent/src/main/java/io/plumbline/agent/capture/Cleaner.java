package io.plumbline.agent.capture;

import io.plumbline.config.redaction.Redaction;

/** Takes the secrets out of the texts of one record, and counts them. On the agent's thread. */
final class Cleaner {
    private final Redaction redaction;
    private int hidden;

    Cleaner(Redaction redaction) {
        this.redaction = redaction;
    }

    String clean(String text) {
        return clean(text, false);
    }

    /**
     * @param cut whether the text was cut at its end, so that it may end within a secret
     */
    String clean(String text, boolean cut) {
        String clean = redaction.clean(text, cut);
        hidden += clean.equals(text) ? 0 : 1;
        return clean;
    }

    /** Texts that held a secret. */
    int hidden() {
        return hidden;
    }
}
