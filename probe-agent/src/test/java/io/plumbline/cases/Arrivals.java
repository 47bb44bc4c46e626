package io.plumbline.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Lines with more than one place in the bytecode. Each marked line's true number of arrivals is known to the test. */
@SuppressWarnings("UnnecessaryStringBuilder")
public class Arrivals {
    private int field;

    public int plain(int a) {
        int b = a + 1; // @plain
        return b;
    }

    public int countedLoop(int n) {
        int sum = 0;
        for (int i = 0; i < n; i++) { // @countedLoop
            sum += i; // @countedLoopBody
        }
        return sum;
    }

    public int enhancedLoop(List<Integer> items) {
        int sum = 0;
        for (int item : items) { // @enhancedLoop
            sum += item; // @enhancedLoopBody
        }
        return sum;
    }

    public int arrayLoop(int[] items) {
        int sum = 0;
        for (int item : items) { // @arrayLoop
            sum += item;
        }
        return sum;
    }

    public int whileLoop(int n) {
        int i = 0;
        while (i < n) { // @whileLoop
            i++;
        }
        return i;
    }

    public int oneLineWhile(int n) {
        int i = 0;
        while (i < n) i++; // @oneLineWhile
        return i;
    }

    public int doWhile(int n) {
        int i = 0;
        do {
            i++; // @doWhileBody
        } while (i < n); // @doWhile
        return i;
    }

    public int finallyCopies(int how) {
        try {
            if (how == 0) {
                return 1;
            }
            if (how == 1) {
                throw new IllegalStateException("on purpose");
            }
            field = how;
        } finally {
            field++; // @finally
        }
        return 2;
    }

    public int emptyCatch() {
        try {
            throw new IllegalStateException("on purpose");
        } catch (IllegalStateException e) { // @emptyCatch
        }
        return 3;
    }

    public int lambdas(int n) {
        IntUnaryOperator p = x -> x + 1, q = x -> x * 2; // @lambdas
        return p.applyAsInt(n) + q.applyAsInt(n);
    }

    public String multiLine(String a, String b) {
        return join( // @multiLineStart
                a.trim(), // @multiLineFirst
                b.trim()); // @multiLineSecond
    }

    private static String join(String a, String b) {
        return a + b;
    }

    public int staticMultiLine(int x) {
        return twice( // @staticMultiLine
                plus(
                        x, // @staticMultiLineInner
                        1)); // @staticMultiLineArgument
    }

    private static int twice(int x) {
        return x * 2;
    }

    private static int plus(int x, int y) {
        return x + y;
    }

    public int ternary(boolean yes) {
        int result = yes // @ternary
                ? one() // @ternaryYes
                : two(); // @ternaryNo
        return result;
    }

    private int one() {
        return 1;
    }

    private int two() {
        return 2;
    }

    public int switchExpression(int k) {
        int r = plus(
                k,
                switch (k) { // @switchHead
                    case 0 -> one(); // @switchCase0
                    case 1 -> {
                        int s = 0;
                        for (int i = 0; i < 3; i++) { // @switchLoop
                            s += i; // @switchLoopBody
                        }
                        yield s;
                    }
                    default -> two();
                });
        return r;
    }

    public String newAtLineStart(boolean flag) {
        String s = new StringBuilder(flag ? "yes" : "no").toString(); // @newAtLineStart
        return s;
    }

    public int tryWithResources(List<String> log) {
        try (Res a = new Res(log)) { // @tryWith
            log.add("body"); // @tryWithBody
        }
        return log.size();
    }

    public int synchronizedBlock() {
        synchronized (this) { // @synchronized
            field++; // @synchronizedBody
        }
        return field;
    }

    public long wide(long a, double d) {
        long x = a + 1;
        double y = d * 2; // @wide
        return x + (long) y;
    }

    private record Res(List<String> log) implements AutoCloseable {
        @Override
        public void close() {
            log.add("closed");
        }
    }

    public static class Base {
        final String name;

        Base(String name, int n) {
            this.name = name + n;
        }
    }

    public static class Sub extends Base {
        private final int n;

        public Sub(String name, int n) {
            super(
                    name.trim(), // @beforeSuper
                    n + 1); // @beforeSuperSecond
            this.n = n; // @afterSuper
        }

        public int n() {
            return n + name.length();
        }
    }

    public record Point(int x, int y) {
        public Point {
            if (x < 0) { // @compact
                throw new IllegalArgumentException("x < 0: " + x);
            }
        }
    }

    public interface Greeter {
        default String greet(String who) {
            return "hello " + who; // @defaultMethod
        }
    }

    public static class PoliteGreeter implements Greeter {}

    public static List<Integer> numbers(int n) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            numbers.add(i);
        }
        return numbers;
    }
}
