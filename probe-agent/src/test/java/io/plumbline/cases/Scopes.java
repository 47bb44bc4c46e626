package io.plumbline.cases;

import java.util.List;
import java.util.function.IntUnaryOperator;

/** Lines in places where few variables are there yet. */
@SuppressWarnings("unused")
public class Scopes {
    private static final int BASE = initial(3);
    private final String field = "field";

    private static int initial(int n) {
        return n;
    }

    static {
        int inInitializer = BASE + 1;
        initial(inInitializer); // @clinit
    }

    /** Its constructor's arguments are computed before there is a this. */
    public static class Child extends Parent {
        private final int own;

        public Child(String name) {
            super(name + initial(1)); // @beforeSuper
            own = 5;
            initial(own); // @afterSuper
        }
    }

    public static class Parent {
        protected final String name;

        Parent(String name) {
            this.name = name;
        }
    }

    public interface Greeter {
        String HELLO = String.valueOf("hello");

        default String greet(String who) {
            return who + "!"; // @default
        }
    }

    public static class Polite implements Greeter {}

    public int lambda(int captured) {
        String local = "l";
        IntUnaryOperator op = x -> {
            return x + captured + field.length() + local.length(); // @lambda
        };
        return op.applyAsInt(1);
    }

    public int staticLambda(int captured) {
        IntUnaryOperator op = x -> {
            return x + captured; // @staticLambda
        };
        return op.applyAsInt(1);
    }

    public int inner(int n) {
        class Local {
            private final int depth = 2;

            int touch(int m) {
                return depth + n + m; // @local
            }
        }
        return new Local().touch(1);
    }

    public int slots(boolean first, long wide, double wider) {
        int sum = 0;
        if (first) {
            String early = "early";
            sum += early.length(); // @early
        }
        for (int i = 0; i < 1; i++) {
            sum += i; // @loop
        }
        long late = wide + (long) wider;
        return sum + (int) late; // @late
    }

    public int caught(List<String> items) {
        try {
            return items.get(3).length();
        } catch (IndexOutOfBoundsException e) {
            return e.getMessage().length(); // @caught
        }
    }

    public int pattern(Object o) {
        if (o instanceof String text && text.length() > 2) {
            return text.length(); // @pattern
        }
        return 0; // @noPattern
    }
}
