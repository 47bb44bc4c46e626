package io.plumbline.pipeline.control.tail;

import java.util.regex.Pattern;

/** How signals are written to who watches. */
enum TailForm {
    /** One JSON object a line; an empty line says that there is nothing to say. */
    LINES("application/x-ndjson", "\n") {
        @Override
        String of(Shown shown) {
            return shown.json() + "\n";
        }
    },

    /** Server-sent events; a comment says that there is nothing to say. */
    EVENTS("text/event-stream", ": nothing new\n\n") {
        @Override
        String of(Shown shown) {
            // an id is the signal's own text and could be anybody's: no line end may come with it
            String id = ID.matcher(shown.uid()).matches() ? "id: " + shown.uid() + "\n" : "";
            return "event: " + shown.event() + "\n" + id + "data: " + shown.json() + "\n\n";
        }
    };

    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private final String type;
    private final String keepAlive;

    TailForm(String type, String keepAlive) {
        this.type = type;
        this.keepAlive = keepAlive;
    }

    String type() {
        return type;
    }

    String keepAlive() {
        return keepAlive;
    }

    abstract String of(Shown shown);
}
