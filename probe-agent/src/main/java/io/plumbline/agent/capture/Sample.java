package io.plumbline.agent.capture;

import io.plumbline.agent.bridge.LogEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;

/** Values such as programs have: of every kind, so that no kind of field or container is new to the JIT afterwards. */
@SuppressWarnings("unused") // by their places
final class Sample {
    /** The variables that {@link #write} writes. */
    static final String[] NAMES = {"object", "number", "total", "text", "isTrue", "letter", "share", "count", "password"
    };

    private static final String LONG = "a longer text than most ".repeat(12);

    private enum Kind {
        ONE,
        OTHER
    }

    /** One that refers to the whole, as parts do. */
    private static final class Part {
        private final Sample whole;
        private final Integer number = 1;
        private final Object nothing = null;

        Part(Sample whole) {
            this.whole = whole;
        }
    }

    private final boolean bool = true;
    private final byte int8 = 1;
    private final char letter = 'x';
    private final short int16 = 2;
    private final int int32 = -3;
    private final long int64 = 1L << 40;
    private final float float32 = 1.5f;
    private final double float64 = 2.5;
    private final String text = "text";
    private final String password = "hidden";
    private final Kind kind = Kind.OTHER;
    private final Part part = new Part(this);
    private final Part same = part;
    private final Part[] parts = {part, new Part(this)};
    private final int[] numbers = {1, 2, 3};
    private final List<Object> list = new ArrayList<>(List.of("a", 1, 2.5, 'c', true, 3L));
    private final List<Object> linked = new LinkedList<>(List.of("ä", Kind.ONE));
    private final Map<String, Object> map = new HashMap<>(Map.of("key", "value", "token", 1));

    void write(LogEntry to, int number) {
        to.put(number % 4 == 0 ? this : number % 2 == 0 ? parts : text);
        to.put(number);
        to.put(number * 0.5);
        to.put(number % 8 == 0 ? LONG : number % 2 == 0 ? "text" : "ünlike");
        to.put(true);
        to.put('x');
        to.put(1.5f);
        to.put((long) number << 20);
        to.redacted();
    }
}
