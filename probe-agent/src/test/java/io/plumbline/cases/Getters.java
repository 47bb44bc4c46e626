package io.plumbline.cases;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Methods that change nothing, and methods that do and tell. */
@SuppressWarnings({"unused", "ClassCanBeStatic", "JdkObsolete"})
public class Getters {
    /** How often a method with an effect ran. */
    public static int ran;

    private static final long RATE = Long.parseLong("3");
    private static int mutable = 4;

    /** The application's order. */
    public static class Order implements Priced {
        private final String id;
        private final long cents;
        private final Address address;
        private final Order next;
        private final int[] amounts = {1, 2, 3};
        private final String[][] names = {{"a"}, {"b", "c"}};
        private final List<Line> lines = new ArrayList<>();
        private final Map<String, Object> extras = new HashMap<>();
        private final Double rate = 0.5;
        private final Integer missing = null;
        private final Kind kind = Kind.SMALL;
        private final String password;
        private long cache;

        public Order(String id, long cents, Address address, Order next) {
            this.id = id;
            this.cents = cents;
            this.address = address;
            this.next = next;
            this.password = id + "-secret";
            lines.add(new Line("pen", 12.5, 2));
            lines.add(new Line("ink", 3, 1));
            extras.put("note", "fragile");
            extras.put("weight", 7);
            extras.put("self", this);
            extras.put("password", "swordfish");
        }

        public String getId() {
            return id;
        }

        @Override
        public long cents() {
            return cents;
        }

        String packagePrivate() {
            return id;
        }

        private long secretly(int times, long more) {
            return cents * times + more;
        }

        public double taxed(double rate) {
            double tax = cents * rate;
            double sum = cents + tax;
            return sum;
        }

        public boolean isLarge() {
            return cents > 100 && id != null || next != null;
        }

        public String getCity() {
            return address.getCity();
        }

        public int amount(int index) {
            return amounts[index];
        }

        public int amountCount() {
            int[] local = amounts;
            return local.length;
        }

        public String name(int row, int column) {
            return names[row][column];
        }

        public int lineCount() {
            return lines.size();
        }

        public Line first() {
            return lines.get(0);
        }

        public Object extra(String key) {
            return extras.get(key);
        }

        public double rate() {
            return rate;
        }

        public int unboxesNull() {
            return missing;
        }

        public Integer boxes() {
            return (int) cents;
        }

        public int idLength() {
            return id.length() + Math.max(1, 2);
        }

        public String kindName() {
            return kind.name();
        }

        public int kindWeight() {
            return kind.weight();
        }

        public String size() {
            return switch ((int) (cents / 100)) {
                case 0 -> "small";
                case 1, 2 -> "medium";
                default -> "large";
            };
        }

        public long rated() {
            return cents * RATE + mutable;
        }

        public boolean isOrder(Object other) {
            return other instanceof Order order && order.cents == cents;
        }

        public int divided(int by) {
            return (int) cents / by;
        }

        public Order next() {
            return next;
        }

        public int depth() {
            return next == null ? 0 : 1 + next.depth();
        }

        public int even(int n) {
            return n == 0 ? 1 : odd(n - 1);
        }

        public int odd(int n) {
            return n == 0 ? 0 : even(n - 1);
        }

        public int loops() {
            int sum = 0;
            for (int amount : amounts) {
                sum += amount;
            }
            return sum;
        }

        public long total() {
            ran++;
            cache = cents;
            return cache;
        }

        public long total2() {
            return helper();
        }

        private long helper() {
            ran++;
            return cents;
        }

        public long onlyCache() {
            cache = 5;
            return cache;
        }

        public synchronized long locked() {
            return cents;
        }

        public long lockedInside() {
            synchronized (this) {
                return cents;
            }
        }

        public String text() {
            return "o" + id;
        }

        public Object fresh() {
            return new Object();
        }

        public int[] copy() {
            return amounts.clone();
        }

        public int writes() {
            amounts[0] = 9;
            return 1;
        }

        public long checked() {
            if (cents < 0) {
                throw new IllegalStateException();
            }
            return cents;
        }

        public int caught() {
            try {
                return id.length();
            } catch (RuntimeException e) {
                return 0;
            }
        }

        public String reveals() {
            return password;
        }

        public String getPassword() {
            return password;
        }

        public boolean sameAs(Object other) {
            return id.equals(other);
        }

        public boolean callsEquals(Object other) {
            return address.equals(other);
        }

        public Supplier<String> lambda() {
            return () -> id;
        }

        public void nothing() {
            ran++;
        }

        public int lazy() {
            return Lazy.number;
        }

        public int lazyCall() {
            return Lazy.number();
        }

        public int over(int n) {
            return n;
        }

        public long over(long n) {
            return n + 1;
        }

        public String over(String s) {
            return s;
        }
    }

    /** Has what orders have and answers otherwise. */
    public static class Rush extends Order {
        private final int hours = 3;

        public Rush() {
            super("r", 500, null, null);
        }

        @Override
        public long cents() {
            return super.cents() + hours;
        }

        @Override
        public String getId() {
            return "rush";
        }
    }

    /** Its getter has an effect. */
    public static class Counting extends Order {
        public Counting() {
            super("c", 1, null, null);
        }

        @Override
        public long cents() {
            ran++;
            return 1;
        }
    }

    /** An interface with a method of its own. */
    public interface Priced {
        long cents();

        default long doubled() {
            return 2 * cents();
        }

        static int fixed(int x) {
            return x * 2;
        }
    }

    /** Never calls anything. */
    public record Price(long cents, String currency) implements Priced {}

    /** Calls another of its kind, and so on. */
    public record Chained(Priced left, Priced right) implements Priced {
        @Override
        public long cents() {
            return left.cents() + right.cents();
        }
    }

    /** Where somebody lives. */
    public static class Address {
        private final String city;

        public Address(String city) {
            this.city = city;
        }

        public String getCity() {
            return city;
        }

        @Override
        public boolean equals(Object other) {
            ran++;
            return other == this;
        }

        @Override
        public int hashCode() {
            ran++;
            return 1;
        }
    }

    /** An element of a collection. */
    public static class Line {
        private final String name;
        private final double price;
        private final int count;
        private final boolean sold = true;
        private final Object tags = new String[] {"x", "y"};

        public Line(String name) {
            this(name, 0, 0);
        }

        Line(String name, double price, int count) {
            this.name = name;
            this.price = price;
            this.count = count;
        }

        public double sum() {
            return price * count;
        }

        public int noisy() {
            ran++;
            return count;
        }
    }

    /** Constants with bodies. */
    public enum Kind {
        SMALL {
            @Override
            int weight() {
                return 1;
            }
        },
        LARGE {
            @Override
            int weight() {
                ran++;
                return 2;
            }
        };

        abstract int weight();
    }

    /** Its initialiser must not run. */
    public static class Lazy {
        static int number = start();

        private static int start() {
            ran++;
            return 5;
        }

        static int number() {
            return number;
        }
    }

    private final Order order = new Order("o-1", 250, new Address("Rome"), new Order("o-2", 10, null, null));
    private final Order lost = new Order("o-3", -1, null, null);
    private final Order absent = null;
    private final Object thing = order;
    private final Object text = "text";
    private final Object number = 41;
    private final Object wide = 5_000_000_000L;
    private final Object half = 0.5;
    private final Object truth = true;
    private final Object letter = 'x';
    private final Object nothing = null;
    private final Object array = new int[] {4, 5};
    private final Priced price = new Price(99, "EUR");
    private final Line line = new Line("pen", 12.5, 2);
    private final Map<String, Order> byId = new HashMap<>(Map.of("a", order));
    private final List<Object> mixed = new ArrayList<>(List.of(1, "two", 3L));
    private final List<Integer> linked = new LinkedList<>();
    private final List<Integer> many = new ArrayList<>();
    private final Kind large = Kind.LARGE;
    private final String key = "password";

    public Getters() {
        for (int i = 0; i < 5_000; i++) {
            linked.add(i);
            many.add(i);
        }
    }

    private int own(int n) {
        return order.amounts.length + n;
    }

    public int probed() {
        return order.amounts.length + mutable; // @selfProbed
    }

    private static int twice(int n) {
        return 2 * n;
    }

    public long run(Priced priced, Object any) {
        long result = 1; // @run
        return result;
    }

    public static int inStatic(int n) {
        return n; // @static
    }
}
