package io.plumbline.cases;

import java.util.List;
import java.util.Map;

/** Lines with variables in scope, for snapshots. */
@SuppressWarnings({"unused", "UnusedVariable"})
public class Captures {
    private static final String CONSTANT = "constant";
    private static final String API_KEY = "secret";
    private static int calls = 41;

    private final String name = "captures";
    private final Part part = new Part(2);

    /** Has a field. */
    public static class Part {
        private final int number;

        Part(int number) {
            this.number = number;
        }
    }

    public int pay(String order, int quantity, long password) {
        double total = quantity * 1.5;
        boolean isDear = total > 100;
        List<String> items = List.of("pen", "ink");
        String missing = null;
        byte small = 7;
        {
            int gone = 1;
        }
        char letter = 'x';
        return quantity + 1; // @pay
    }

    public static int inStatic(Map<String, Integer> stock) {
        return stock.size(); // @static
    }

    /** Runs until the stack is used up; how deep it came. */
    @SuppressWarnings("InfiniteRecursion") // on purpose
    public int deep(Object graph) {
        int depth = 1; // @deep
        try {
            return depth + deep(graph);
        } catch (StackOverflowError e) {
            return depth;
        }
    }

    public int risky(int number) {
        int twice = number * 2;
        try {
            fail(number);
            return 0;
        } catch (IllegalStateException failure) {
            return twice;
        }
    }

    private void fail(int number) {
        throw new IllegalStateException("no " + number);
    }

    public int harmless(Object first, Object second) {
        int result = 1; // @objects
        return result;
    }
}
