package io.plumbline.pipeline.cli;

import java.util.List;

/** The one text that a short form takes behind its location. A shell cuts it at spaces where it is not in quotes. */
final class OneText {
    private OneText() {}

    /**
     * The text.
     *
     * @param example a whole command line that is right
     * @throws Failure where there is none, or where the shell made several of it
     */
    static String of(List<String> words, String what, String example) {
        if (words.isEmpty()) {
            throw Failure.badInput("say " + what + " behind the location, as in: " + example);
        }
        if (words.size() > 1) {
            throw Failure.badInput("one text is taken behind the location, and these are " + words.size()
                    + "; put it in quotes, as in: " + example);
        }
        return words.get(0);
    }
}
