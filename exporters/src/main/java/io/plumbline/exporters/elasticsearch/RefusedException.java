package io.plumbline.exporters.elasticsearch;

import io.plumbline.exporters.http.Answer;

/** The backend answered a request that had to precede the batch with something other than success. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    RefusedException(Answer answer) {
        super("status " + answer.status());
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }
}
