package odd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/**
 * Code in which lines and bytecode are at odds. Its layout is its meaning: it must not be formatted. The numbers that come out
 * do not matter; they are there so that nothing is without a use.
 */
public class OddCases {
    static int total;
    static final int[] TABLE = {
        1, 2,
        next(), next(),
        5
    };
    static final Map<String, Integer> NAMED = new HashMap<>(); static { NAMED.put("a", 1); NAMED.put("b", 2); }

    static {
        for (int i = 0; i < 3; i++) total += i;
        total += NAMED.size();
    }

    private int field = next(), other = field + next();
    private final List<Integer> list = new ArrayList<>(
            List.of(next(),
                    next()));

    {
        field++;
        if (field > 2) { other++; } else { other--; }
    }

    OddCases() {
        this(next(),
                next());
    }

    OddCases(int a, int b) {
        field += a
                + b;
    }

    static int next() {
        return ++total;
    }

    int own(int x) { return x + field % 2; }

    static int sum(int... all) {
        int s = 0;
        for (int one : all) s += one;
        return s;
    }

    static void check(boolean ok) { if (!ok) throw new AssertionError(); }

    // ------------------------------------------------------------------ loops

    int headers(int n) {
        int s = 0;
        for (int i = 0; i < n; i++) {
            s += i;
        }
        for (; s < 20; s += 3) {
            s++;
        }
        for (int i = 0; i < n; i++) s += i;
        for (int i = 0, j = n; i < j; i++, j--) { s += j; s -= i; }
        for (int i = 0;
                i < n;
                i++) {
            s += i;
        }
        for (
                int i = next();
                i < total
                        && s < 1000;
                i += 2,
                s += own(
                        i))
            s++;
        for (;;) {
            if (s++ > 40) break;
        }
        for (;;) { s++; if (s > 45) break; }
        for (int i = 0; i < n; i++) for (int j = 0; j < i; j++) s += j;
        for (int i = 0; i < n; i++) { for (int j = 0; j < i; j++) {
                s += j; } }
        for (int i = 0; i < n; i++);
        for (int i = 0; i < n; own(i++)) { own(
                    i); }
        return s;
    }

    int whiles(int n) {
        int i = 0;
        while (i < n) {
            i++;
        }
        while (i < 2 * n) i++;
        int j = 0; while (j < n) j++;
        while (i > 0
                && j > -100) {
            i--; j--;
        }
        while (own(i) < 5 && next() > 0) { i++; own(
                    i); }
        do {
            i--;
        } while (i > 0);
        do i++; while (i < 4);
        do { i++; own(i);
        } while (i < 8);
        do
            i--;
        while (own(
                i) > 3);
        while (true) { if (i++ > 10) break; else continue; }
        while (i-- > 0) { if (i % 2 == 0) continue; own(
                i); }
        return i + j;
    }

    int enhanced(Iterable<Integer> items, int[] numbers) {
        int s = 0;
        for (int item : items) {
            s += item;
        }
        for (int number : numbers) {
            s += number;
        }
        for (int item : items) s += item;
        for (int number : numbers) s += number;
        for (int item
                : items)
            s += item;
        for (int[] row : new int[][] {{1, 2},
                {3}}) { for (int cell : row) { s += cell; } }
        for (Integer item : items) { if (item == null) continue; s += own(item) +
                    own(item); }
        for (String name : List.of("a", "b")) switch (name) { case "a": s++; break; default: s--; }
        return s;
    }

    int labels(int n) {
        int s = 0;
        outer:
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (j == i) continue outer;
                if (i == 3) break outer;
                s += j;
            }
        }
        block: {
            if (n > 2) break block;
            s = -1;
        }
        a: for (int i = 0; i < n; i++) b: for (int j = 0; ; j++) { if (j > i) continue a; if (j == 2) break b; s++; }
        x: { y: { if (s > 3) break x; break y; } s++; }
        return s;
    }

    // ------------------------------------------------------------------ exceptions

    int copies(int how) {
        try {
            if (how == 0) return own(1);
            if (how == 1) throw new IllegalStateException("1");
            if (how == 2) { field++; return field; }
            field += how;
        } catch (IllegalStateException e) {
            field--;
            if (how == 1) return -1;
        } finally {
            field += 2; own(
                    field);
            for (int i = 0; i < 2; i++) field++;
        }
        return 5;
    }

    int nested(int how) {
        int s = 0;
        for (int i = 0; i < 3; i++) {
            try {
                try {
                    if (i == how) continue;
                    if (i + 1 == how) break;
                    if (i + 2 == how) throw new Exception("x");
                    s++;
                } finally {
                    s += 10;
                    try { s += own(s); } finally { s++; }
                }
            } catch (Exception e) { s += 100; } finally { s += 1000;
                s++; }
        }
        return s;
    }

    @SuppressWarnings("finally")
    int overrides(int how) {
        try { return 10 / how; } catch (ArithmeticException e) { return -1; } finally { if (how == 2) return 7; }
    }

    int shared(int how) {
        int s = 0;
        try { s++;
            fail(how); s++; } catch (IllegalStateException e) { s += 2; } // follows the bytecode
        try { fail(how); } catch (IllegalStateException e) { s += 2; }
        try { fail(how - 1); fail(how); } catch (IllegalStateException |
                IllegalArgumentException e) { s += e.getMessage().length(); }
        try {
            fail(how);
        } catch (IllegalStateException ignored) {
        }
        try {
            fail(how);
        } catch (IllegalStateException ignored) { } catch (IllegalArgumentException ignored) { s++; }
        try { fail(how); } catch (RuntimeException e) {
            s += 3;
        } finally { s++; }
        try {
            own(1); fail(how);
        } finally { s++; if (how > 5)
                return s; }
        return s;
    }

    static void fail(int how) {
        if (how == 1) throw new IllegalStateException("one");
        if (how == 2) throw new IllegalArgumentException("two");
    }

    int crossing(int depth) {
        if (depth == 0) throw new UnsupportedOperationException();
        try {
            return crossing(depth - 1) + 1;
        } catch (UnsupportedOperationException e) {
            if (depth == 2) return 0;
            throw e;
        } finally { field++; }
    }

    int thrownWithin(int k) {
        int s = 0;
        try {
            s = sum(own(1),
                    Integer.parseInt("x" + k),
                    own(2));
        } catch (NumberFormatException e) {
            s--;
        }
        try { s += sum(1,
                    Integer.parseInt("y")); } catch (NumberFormatException e) { s--; } // follows the bytecode
        while (s < 5) try { s++; if (s == 3) throw new Exception(); } catch (Exception e) { s += own(s); }
        return s;
    }

    static final class Res implements AutoCloseable {
        final int n;
        Res(int n) { this.n = n; if (n == 9) throw new IllegalStateException("open"); }
        @Override
        public void close() {
            total++;
            if (n == 8) throw new IllegalStateException("close");
        }
        static Res none() { return null; }
    }

    int resources(int n, boolean fails) {
        int s = 0;
        try (Res a = new Res(n)) {
            s += a.n;
            if (fails) throw new IllegalStateException("body");
        } catch (IllegalStateException e) {
            s += e.getSuppressed().length;
        }
        try (Res a = new Res(1); Res b = Res.none(); // follows the bytecode
                Res c = new Res(n)) {
            s += a.n + c.n;
        } catch (IllegalStateException e) { s++; } finally { // follows the bytecode
            s++;
        }
        try (Res a = new Res(n)) { s++; } catch (RuntimeException e) { s--; }
        Res given = new Res(2);
        try (given) {
            if (fails) return s;
            s++;
        }
        try (
                Res a = new Res(
                        sum(1,
                                own(2)));
                Res b = new Res(2)
        ) {
            s += b.n;
        }
        for (int i = 0; i < 2; i++) try (Res a = new Res(i)) { if (i == 0) continue; s++; }
        return s;
    }

    int locks(boolean fails) {
        int s = 0;
        synchronized (this) {
            s++;
        }
        synchronized (list) { s++; own(s); }
        try {
            synchronized (
                    own(1) > 0 ? this
                            : list) {
                if (fails) throw new IllegalStateException();
                s++;
            }
        } catch (IllegalStateException e) { s--; }
        synchronized (this) { synchronized (list) { if (fails) return s; } }
        return s;
    }

    // ------------------------------------------------------------------ expressions over many lines

    int lines(int a, int b) {
        int s = sum(a,
                own(b),
                own(a));
        s += sum(
                a,
                b);
        s += this
                .own(a)
                + this
                .own(b);
        s = own(
                own(
                        own(a)));
        s += own(a) + own(
                b) + own(
                a) + own(b);
        String text = "a" + a
                + own(b)
                + "c"
                + text(a, b)
                        .trim()
                        .substring(
                                0,
                                1)
                        .length();
        s += text.length();
        int[] made = {
            own(1), own(2),
            own(3)
        };
        made[
                own(0)] += own(
                made[1]);
        s += made[0]; s += own(
                s); s++;
        own(1); sum(
                own(2), 3); sum(
                4);
        Object o = new OddCases(
                own(1),
                2) {
            @Override
            int own(int x) {
                return x;
            }
        };
        s += ((OddCases) o)
                .own(
                        1);
        list.stream()
                .map(x -> x
                        + 1)
                .filter(x -> own(x) > 0 && x
                        > 0)
                .forEach(x -> {
                    own(x);
                });
        return s
                + a;
    }

    static String text(int a, int b) { return " " + a + b; }

    int choices(int a, boolean p, boolean q) {
        int s = p ? own(1) : own(2);
        s += p
                ? own(1)
                : own(2);
        s += p
                ? q
                        ? 1
                        : own(3)
                : q ? 4
                        : 5;
        if (p
                && q
                || a > 3) {
            s++;
        } else if (p || q) s--; else
            s += 2;
        boolean r = p && q
                || own(a) > 2
                && own(a) < 5;
        s += sum(p ? own(1) : 0,
                q ? own(2)
                        : own(3),
                r ? 1 : 0);
        s = own(r ? 1 : 2) + own(
                q ? 3 : 4) + (p ? own(5)
                : 6);
        return r ? s :
                -s;
    }

    // ------------------------------------------------------------------ switches

    int oldSwitch(int k, String text) {
        int s = 0;
        switch (k) {
            case 0:
                s++;
            case 1: s += 2; break;
            case 2: { s += 3; break; }
            case 100: case 200:
                s += 4;
                break;
            default:
                s--;
        }
        switch (text) {
            case "Aa": s += 1; break;
            case "BB": s += 2;
            case "C":
                s += 3;
                break;
        }
        switch (k) { case 0: s++; break; case 1: s--; default: s += 2; }
        switch (Kind.values()[k % 3]) { case A: s++; break; case B:
                s += 2; break; default: }
        return s;
    }

    int newSwitch(int k, String text) {
        switch (k) {
            case 0 -> s(1);
            case 1, 2 -> {
                s(2); s(3);
            }
            default -> throw new IllegalArgumentException(
                    "k" + own(k));
        }
        int s = switch (k) {
            case 0 -> own(1);
            case 1 -> {
                int t = 0;
                for (int i = 0; i < 3; i++) {
                    t += own(i);
                }
                yield t;
            }
            default -> 4;
        };
        s += sum(own(1), switch (text) {
            case "Aa" -> own(2);
            case "BB" -> { for (int i = 0; i < 2; i++) s(i); yield own(
                        3); }
            default -> s > 3 ? own(4)
                    : 5;
        }, own(
                6));
        s += sum(own(1), switch (k) { case 0 -> 1; case 1 -> { int t = 0; while (t < 3) t++; yield t; } default -> own(k); });
        s += switch (k) { case 0: yield own(1); case 1: s(1); default: yield sum(
                own(2),
                own(3)); };
        s += own(1) + switch (Kind.values()[k]) { case A -> { try { fail(1); yield 1; } catch (IllegalStateException e) {
                yield own(2); } finally { s(1);
                s(2); } } case B -> 2; case C -> { int t = 0; do { t += own(
                    t) + 1; } while (t < 3); yield t; } };
        return s;
    }

    int loopsAmongOperands(int k) {
        return sum(own(1), switch (k) {
            case 0 -> 1;
            default -> {
                int t = 24;
                for (int i = 1; i < 4; i++) {
                    t = t - own(i) + sum(1,
                            own(i));
                    if (own(i) == 2
                            && t > 1)
                        t++;
                    int j = 99; do { j = j / sum(2,
                            own(1)); } while (j > sum(t,
                            own(i)) && j > 0);
                }
                yield t;
            }
        });
    }

    void s(int x) { field += x; }

    static boolean on(int n) { return n > 0; }

    int patterns(Object o) {
        if (o instanceof String t && t.length() > 1) return t.length();
        if (!(o instanceof Integer i))
            return -1;
        return i > 2 && o instanceof Number n
                && n.intValue() < 10 ? n.intValue() // follows the bytecode
                : i;
    }

    // ------------------------------------------------------------------ lambdas and classes

    int lambdas(int n) {
        IntUnaryOperator p = x -> x + 1, q = x -> x * 2;
        Function<Integer, Function<Integer, Integer>> nested = a -> b -> a + b;
        IntBinaryOperator block = (a, b) -> { int c = a; c += b; return c; };
        IntBinaryOperator spread = (a, b) ->
                a + own(
                        b);
        Supplier<OddCases> maker = OddCases::new;
        BiFunction<OddCases, Integer, Integer> bound = OddCases::own;
        Function<Integer, Integer> self = this::own;
        Callable<Integer> throwing = () -> { if (n > 1) throw new Exception("n"); return n; };
        int s = p.applyAsInt(n) + q.applyAsInt(n) + nested.apply(n).apply(n) + block.applyAsInt(1, 2);
        s += spread.applyAsInt(1, 2) + bound.apply(maker.get(), 2) + self.apply(3);
        try { s += throwing.call(); } catch (Exception e) { s++; }
        list.forEach(x -> own(x)); list.forEach(x -> { for (int i = 0; i < x % 3; i++) own(i); });
        Runnable r = () -> list.forEach(x -> list.forEach(y -> own(x + y))); r.run();
        Runnable[] all = {() -> own(1), () -> own(
                2), () -> {
                    own(3); }};
        for (Runnable one : all) one.run();
        return s;
    }

    int classes(int n) {
        class Local { final int v = own(n); int get() { return v + n; } }
        Iterator<Integer> it = new Iterator<>() {
            int at = own(0);
            @Override public boolean hasNext() { return at < 3; }
            @Override public Integer next() { return at++; }
        };
        int s = new Local().get();
        while (it.hasNext()) s += it.next();
        Inner inner = new Inner(n); s += inner.sum() + new Inner(2).sum();
        s += new Object() { int twice(int x) { return 2 * x; } }.twice(n);
        return s;
    }

    class Inner {
        final int m = field;
        final int k;
        Inner(int k) { super(); this.k = k + own(k); }
        int sum() { return m + k + other; }
    }

    abstract static class Base<T> {
        final T value;
        Base(T value, int n) { this.value = value; total += n; init(); }
        void init() { }
        abstract T change(T t);
    }

    static class Sub extends Base<Integer> {
        int seen = 1;
        Sub(int a, int b) {
            super(a > 1
                            ? a
                            : sum(a, b),
                    sum(
                            b, 1));
            seen += b;
        }
        Sub(int a) { this(a,
                a); seen++; }
        @Override void init() { seen = 9; }
        @Override Integer change(Integer t) { return t + seen; }
    }

    static class Plain { int x = 3; }

    static class Bare { }

    enum Kind {
        A, B { @Override int weight() { return 5; } },
        C(
                next()) {
            @Override
            int weight() {
                return super.weight() + 1;
            }
        };

        private final int n;

        Kind() { this(1); }

        Kind(int n) {
            this.n = n;
        }

        int weight() {
            return n;
        }
    }

    record Point(int x, int y) {
        static int made;

        Point {
            if (x < 0) x = 0;
            made++;
        }

        Point(int both) { this(both,
                both); }

        int sum() { return x + y(); }
    }

    record Empty() { }

    record Box<T extends Comparable<T>>(T value) implements Comparable<Box<T>> {
        @Override public int compareTo(Box<T> o) { return value.compareTo(
                o.value()); }
    }

    interface Greeter {
        int LIMIT = next();
        default int greet(int n) { return helper(n) + fixed(
                n); }
        private int helper(int n) {
            return n + 1;
        }
        static int fixed(int n) { return LIMIT - LIMIT + n; }
    }

    static class Polite implements Greeter { @Override public int greet(int n) { return Greeter.super.greet(n) + 1; } }

    int recursive(int n) { return n < 2 ? n : recursive(n - 1) + recursive(n - 2); }

    int spreadRecursive(int n) {
        return n == 0 ? 0
                : sum(spreadRecursive(n - 1),
                        n,
                        own(n));
    }

    void asserts(int n) {
        assert n >= 0;
        assert n < 100 : "n is " + n;
        assert own(n) >= 0 &&
                own(n) < 1000 : "x" +
                n;
        try { assert n < 0 : own(n); } catch (AssertionError e) { field++; }
    }

    @SuppressWarnings("unused")
    int oneLiners(int n) { int s = 0; for (int i = 0; i < n; i++) { if (i == 1) continue; s += i; } while (s > 3) s--; do s++; while (s < 5); return s; }

    int mixed(int n) { int s = 0; for (int i = 0; i < n; i++) { s += own(i); if (s > 2) { s -= own(
            s); } else { s++; } } return s; }

    int ends(int n) {
        if (n > 1) { if (n > 2) { if (n > 3) own(n); else
                    own(2); } }
        else if (n < 0) { }
        else { own(3); } own(
                4); if (n == 2) return own(
                5); own(6);
        ; own(7);
        { { own(8); }
            own(9); }
        return n; }

    int dead(int n) {
        if (false) { own(1); }
        while (on(n) && false) { own(1); }
        if (true) own(2); else own(3);
        final boolean on = true;
        if (on && n > 0) own(
                4);
        for (; true;) { if (n-- < 0) break; }
        do { n++; } while (false);
        return n;
    }

    static void all() throws Exception {
        Kind.values();
        OddCases o = new OddCases();
        for (int n = 0; n < 5; n++) {
            o.headers(n); o.whiles(n);
            o.enhanced(n == 0 ? List.of() : Arrays.asList(1, 2, n), new int[n]);
            o.labels(n);
            o.copies(n);
            o.nested(n);
            o.overrides(n);
            o.resources(n, n == 3);
            o.recursive(n); o.spreadRecursive(n);
            o.asserts(n); o.oneLiners(n); o.mixed(n); o.ends(n - 1); o.dead(n);
            o.lines(n, n + 1); o.choices(n, n % 2 == 0, n > 2);
            o.lambdas(n); o.classes(n);
            o.oldSwitch(n, n == 0 ? "Aa" : n == 1 ? "BB" : n == 2 ? "C" : "D");
            o.patterns(n); o.patterns("ab"); o.patterns(n + ""); o.thrownWithin(n);
        }
        for (int n = 0; n < 3; n++) try { o.loopsAmongOperands(n); o.newSwitch(n, n == 0 ? "Aa" : n == 1 ? "BB" : "C"); o.newSwitch(7, ""); } catch (IllegalArgumentException e) { total++; }
        for (int n = 0; n < 3; n++) {
            try { o.shared(n); } catch (RuntimeException e) { total++; }
        }
        o.resources(8, true); o.resources(9, false);
        o.locks(true); o.locks(false);
        o.crossing(1 + 3);
        try { o.crossing(1); } catch (UnsupportedOperationException e) { total++; }
        new Sub(1); new Sub(2, 3).change(1); Base<Integer> base = new Sub(4); base.change(
                base.value);
        new Plain(); new Bare(); new Empty().toString();
        for (Kind kind : Kind.values()) total += kind.weight();
        check(new Point(3).sum() == 6); check(new Point(-1, 2).equals(new Point(0, 2)));
        Map<Box<String>, Integer> boxes = new TreeMap<>(); boxes.put(new Box<>("a"), 1); boxes.put(new Box<>("b"), 2);
        new Polite().greet(2); new Greeter() { }.greet(1);
    }
}

/** HotSpot shows a debugger no step of initialisers that it runs while it resolves a static call or field: none are left to that. */
class Main {
    public static void main(String[] args) throws Exception {
        for (String name : new String[] {"", "$Kind", "$1", "$2", "$3", "$4", "$5"}) Class.forName("odd.OddCases" + name);
        OddCases.all();
    }
}
