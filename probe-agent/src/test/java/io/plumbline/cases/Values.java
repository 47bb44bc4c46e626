package io.plumbline.cases;

import io.plumbline.cases.hidden.Vault;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** One line with variables and fields of every kind in reach. */
@SuppressWarnings({"unused", "ClassCanBeStatic"})
public class Values {
    private static int statics = 7;
    private static final String CONSTANT = "constant";

    private final Order order = new Order("o-1", new Customer("Ada", Tier.GOLD), 250L);
    private final Order orphan = new Order("o-2", null, 0);
    private final Object thing = order;
    private final Object textThing = "text";
    private final Object nothing = null;
    private final int[] ints = {1, 2, 3};
    private final int[][] grid = {{1}, {2, 3}};
    private final boolean[] flags = {true, false};
    private final Order[] orders = {order, null};
    private final List<String> names = new ArrayList<>(List.of("a", "b"));
    private final List<String> readOnly = Collections.unmodifiableList(names);
    private final Set<String> pair = Set.of("x", "y");
    private final Map<String, Integer> stock = new HashMap<>(Map.of("pen", 3));
    private final Map<String, Integer> recent = accessOrdered();
    private final Map<String, Integer> sorted = new TreeMap<>(Map.of("k", 1));
    private final Map<Tier, String> byTier = new HashMap<>(Map.of(Tier.GOLD, "g"));
    private final Integer boxed = 1_000;
    private final Integer sameBoxed = Integer.valueOf(boxed.intValue());
    private final Integer noBox = null;
    private final Boolean noFlag = null;
    private final Double rate = 0.5;
    private final Character letter = 'q';
    private final BigDecimal price = new BigDecimal("9.90");
    private final Optional<String> some = Optional.of("some");
    private final AtomicInteger atomic = new AtomicInteger(5);
    private final Point point = new Point(3, 4);
    private final Vault vault = new Vault();
    private final String password = "swordfish";
    private final byte tiny = -1;
    private final short small = 300;

    /** Inner enum of the application. */
    public enum Tier {
        GOLD,
        SILVER
    }

    /** A record of the application. */
    public record Point(int x, int y) {}

    /** Holds private fields of another class. */
    public static class Order {
        private final String id;
        private final Customer customer;
        private final long cents;
        protected int count = 2;

        Order(String id, Customer customer, long cents) {
            this.id = id;
            this.customer = customer;
            this.cents = cents;
        }
    }

    /** Inherits fields. */
    public static class RushOrder extends Order {
        private final int hours = 3;

        RushOrder() {
            super("r-1", null, 1);
        }
    }

    /** The end of a chain of links. */
    public static class Customer {
        private final String name;
        private final Tier tier;

        Customer(String name, Tier tier) {
            this.name = name;
            this.tier = tier;
        }
    }

    private static Map<String, Integer> accessOrdered() {
        Map<String, Integer> map = new LinkedHashMap<>(16, 0.75f, true);
        map.put("first", 1);
        map.put("second", 2);
        return map;
    }

    /** The keys from the least to the most recently used. */
    public List<String> recentKeys() {
        return new ArrayList<>(recent.keySet());
    }

    public long run(int i, long l, float f, double d, char c, String s, boolean yes) {
        String none = null;
        byte b = (byte) i;
        short sh = (short) i;
        double nan = Double.NaN;
        Order rush = new RushOrder();
        int big = Integer.MAX_VALUE;
        long result = i + l; // @here
        return result;
    }

    public int nested(int outerLocal) {
        IntSupplier anonymous = new IntSupplier() {
            private final int own = 1;

            @Override
            public int getAsInt() {
                return own + outerLocal; // @anonymous
            }
        };
        IntSupplier lambda = () -> anonymous.getAsInt() + outerLocal; // @lambda
        return lambda.getAsInt();
    }

    /** An inner class's object. */
    public class Inner {
        private final int depth = 1;

        public int touch() {
            return depth; // @inner
        }
    }

    public static int inStatic(int n) {
        return n + statics; // @static
    }

    public int slots(boolean first) {
        if (first) {
            long early = 4_000_000_000L;
            return (int) early; // @earlySlot
        }
        String late = "late";
        return late.length(); // @lateSlot
    }

    public int wide(long a, double x, int after) {
        long z = a + 1;
        return after + (int) z; // @wide
    }
}
