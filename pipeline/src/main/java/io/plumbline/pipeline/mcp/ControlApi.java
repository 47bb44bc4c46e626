package io.plumbline.pipeline.mcp;

/**
 * The control plane's HTTP API, with an assistant's token. Paths begin behind {@code /api/v1}; answers are JSON.
 *
 * <p>Threads: any.
 */
public interface ControlApi {
    String get(String path);

    String post(String path, String body);

    String delete(String path);

    /** Where a person opens the console: {@code http://127.0.0.1:7077}. */
    String url();

    /** The control plane did not do it; the message says why, and what to do. */
    final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Refused(String message) {
            super(message, null, false, false);
        }
    }
}
