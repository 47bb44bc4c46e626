package io.plumbline.config.probe;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where a probe looks: a type, perhaps one method of it, and a spot.
 *
 * <pre>
 * shop.OrderService:118               a line of a class, or of those nested in it
 * OrderService.java:118               a line of a source file
 * shop.OrderService#place:118         a line, in that method only (a lambda is a method: #lambda$place$0)
 * shop.OrderService#place             a method's entry; also #place:entry
 * shop.OrderService#place(String,int):exit    where one overload returns
 * shop.OrderService#place:exception   where it ends by an exception; :exception(IOException) by one of a type
 * shop.OrderService#place:throw       where it throws
 * shop.OrderService:catch(IOException)        where the class, or a method of it, catches
 * </pre>
 *
 * @param type class name, simple class name or source file name
 * @param method the only method that is meant; entry, exit and exception need one
 */
public record Location(String type, Optional<MethodName> method, Spot spot) {
    private static final Set<String> FILES = Set.of("java", "kt", "kts", "scala", "groovy", "jsp");

    public Location {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(spot, "spot");
        if (spot.needsMethod() && method.isEmpty()) {
            throw new IllegalArgumentException("'" + spot + "' needs a method, as in " + type + "#place:" + spot
                    + "; this has none: " + type + ":" + spot);
        }
    }

    /** A line in any method. */
    public Location(String type, int line) {
        this(type, Optional.empty(), new Spot.Line(line));
    }

    /**
     * Reads a location's text.
     *
     * @throws IllegalArgumentException with a remedy, when the text has another form
     */
    public static Location parse(String text) {
        return LocationText.parse(text);
    }

    /** The line, 1-based; 0 where the spot is none. */
    public int line() {
        return spot instanceof Spot.Line line ? line.number() : 0;
    }

    /** Whether the type is a source file's name. */
    public boolean isFile() {
        return isFile(type);
    }

    /** Whether a location's type is a source file's name. */
    public static boolean isFile(String type) {
        return FILES.contains(type.substring(type.lastIndexOf('.') + 1)) && type.indexOf('.') >= 0;
    }

    /** The text that {@link #parse} reads back. */
    @Override
    public String toString() {
        boolean plainEntry = spot instanceof Spot.Entry;
        return type + method.map(name -> "#" + name).orElse("") + (plainEntry ? "" : ":" + spot);
    }
}
