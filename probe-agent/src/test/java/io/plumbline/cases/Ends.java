package io.plumbline.cases;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.IntSupplier;

/** Methods that begin, return, throw and catch in all the ways there are. */
public class Ends {
    private final String name;
    private int calls;

    public Ends(String name) {
        this.name = name;
    }

    public Ends(int number) {
        this(checked(number));
        if (number == 13) {
            throw new IllegalArgumentException("unlucky");
        }
    }

    private static String checked(int number) {
        if (number < 0) {
            throw new IllegalStateException("negative");
        }
        return "n" + number;
    }

    public int early(int n) {
        if (n == 0) {
            return 0;
        }
        if (n == 1) {
            return 10;
        }
        return n * 2;
    }

    public long wide(long a, double b) {
        return a + (long) b;
    }

    public double half(double a) {
        return a / 2;
    }

    public String text(String s) {
        return s == null ? null : s + name;
    }

    public void nothing() {
        calls++;
    }

    public boolean flag(boolean b) {
        return !b;
    }

    public byte[] bytes(byte b, char c, short s, float f) {
        return new byte[] {b, (byte) c, (byte) s, (byte) f};
    }

    /** The first instruction is the target of a jump back. */
    public static int loopAtStart(int n) {
        while (n > 0) {
            n--;
        }
        return n;
    }

    public static int forever(int n) {
        for (; ; ) {
            n--;
            if (n < 0) {
                throw new IllegalStateException("over");
            }
        }
    }

    public int overloaded(int n) {
        return n;
    }

    public int overloaded(String s) {
        return s.length();
    }

    public int overloaded(List<String> list, int[] more) {
        return list.size() + more.length;
    }

    public int throwing(int n) {
        int local = n + 1;
        if (n == 1) {
            throw new IllegalStateException("one");
        }
        if (n == 2) {
            throw new IllegalArgumentException("two");
        }
        return called(local);
    }

    private static int called(int n) {
        if (n == 4) {
            throw new UnsupportedOperationException("from below");
        }
        return n;
    }

    public int caughtInside(int n) {
        try {
            return throwing(n);
        } catch (IllegalStateException e) {
            return -1; // @inCatch
        }
    }

    public int emptyCatch(int n) {
        int result = 5;
        try {
            result = throwing(n);
        } catch (IllegalStateException e) {
        }
        return result;
    }

    public int multiCatch(int n) {
        try {
            return throwing(n);
        } catch (IllegalStateException | IllegalArgumentException e) {
            return e.getMessage().length();
        } catch (RuntimeException e) {
            return -9;
        }
    }

    /** The finally's copies are no catch blocks, and their throwing on is no throw statement. */
    public int withFinally(int n) {
        try {
            return throwing(n);
        } finally {
            calls++;
        }
    }

    public synchronized int nested(int n) {
        try {
            try {
                return throwing(n);
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException("again", e);
            } finally {
                calls++;
            }
        } catch (IllegalStateException e) {
            synchronized (this) {
                return e.getCause() == null ? -1 : -2;
            }
        }
    }

    public int resources(int n) throws IOException {
        try (InputStream in = new ByteArrayInputStream(new byte[n])) {
            return in.read() + throwing(n);
        }
    }

    public int rethrown(int n) {
        try {
            return throwing(n);
        } catch (RuntimeException e) {
            throw e;
        }
    }

    public int reassigned(String text) {
        Object keep = text;
        text = null;
        if (keep == null) {
            throw new IllegalStateException("null");
        }
        return 1;
    }

    public int lambda(int n) {
        IntSupplier supplier = () -> n + 1;
        return supplier.getAsInt();
    }

    public int ternaryReturn(boolean b) {
        return b ? called(1) : called(2);
    }

    public static int recursive(int n) {
        return n == 0 ? 0 : 1 + recursive(n - 1);
    }

    /** A variable of the same slot has another type on each way, and the handler must not name it. */
    public int slots(int n) {
        if (n > 0) {
            long a = n;
            return (int) a;
        }
        String b = "b" + n;
        if (b.length() > 5) {
            throw new IllegalStateException(b);
        }
        return b.length();
    }

    public static class Started {
        public static final int VALUE;

        static {
            VALUE = Ends.recursive(3);
        }
    }

    public interface Shape {
        int area();

        default int twice() {
            return 2 * area();
        }
    }

    public static class Square implements Shape, Comparable<Square> {
        @Override
        public int area() {
            return 9;
        }

        @Override
        public int compareTo(Square other) {
            return 0;
        }
    }
}
