package io.plumbline.pipeline.control.letters;

import io.plumbline.pipeline.control.http.Problem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a dead letter stands in its topic: {@code 0-17} is partition 0, offset 17. */
record LetterId(int partition, long offset) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})-(\\d{1,18})");

    /** @throws Problem when the text has another form */
    static LetterId parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw Problem.badRequest(
                    "id",
                    "a dead letter's id reads PARTITION-OFFSET, such as 0-17: " + text
                            + "; 'plumb deadletters list' shows the ids");
        }
        return new LetterId(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }

    @Override
    public String toString() {
        return partition + "-" + offset;
    }
}
