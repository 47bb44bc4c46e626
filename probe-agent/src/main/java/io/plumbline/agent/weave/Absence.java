package io.plumbline.agent.weave;

import io.plumbline.config.probe.Location;
import io.plumbline.config.probe.MethodName;
import io.plumbline.config.probe.Spot;
import io.plumbline.config.text.Nearest;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says why classes that are there have nothing at a location, and what they have instead. */
final class Absence {
    private static final int MAX_OFFERED = 12;

    /** A class that is there. */
    record Meant(String className, ClassContents contents) {}

    private final Location location;
    private final List<Meant> meant;

    /**
     * @param meant at least one class
     */
    Absence(Location location, List<Meant> meant) {
        this.location = location;
        this.meant = meant;
    }

    String reason() {
        MethodName method = location.method().orElse(null);
        if (method != null && named(method).isEmpty()) {
            return noMethod(method);
        }
        if (method != null && named(method).stream().noneMatch(ClassContents.Method::hasCode)) {
            return "the method " + method + " of " + className()
                    + " has no code: it is abstract, native or a bridge; name the class that implements it";
        }
        Spot spot = location.spot();
        if (spot instanceof Spot.Line) {
            return noCode();
        }
        String where = method == null ? className() : "the method " + method + " of " + className();
        if (spot instanceof Spot.Throw) {
            return where + " has no throw statement; for exceptions that leave a method there is " + location.type()
                    + "#method:exception";
        }
        return spot instanceof Spot.Catch ? where + " has no catch block" : where + " never returns";
    }

    private List<ClassContents.Method> named(MethodName method) {
        return methods().stream()
                .filter(candidate -> SiteKey.means(method, candidate.id()))
                .toList();
    }

    private List<ClassContents.Method> methods() {
        return meant.stream()
                .flatMap(each -> each.contents().methods().stream())
                .toList();
    }

    private String noMethod(MethodName method) {
        List<ClassContents.Method> overloads = methods().stream()
                .filter(candidate -> candidate.name().equals(method.name()))
                .toList();
        String start = "no method " + method + " in " + className();
        if (!overloads.isEmpty()) {
            return start + "; there is "
                    + overloads.stream()
                            .map(ClassContents.Method::shown)
                            .distinct()
                            .collect(Collectors.joining(", "));
        }
        SortedSet<String> names = new TreeSet<>();
        methods().forEach(candidate -> names.add(candidate.name()));
        return start
                + Nearest.to(method.name(), names)
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElseGet(() -> "; there are "
                                + names.stream().limit(MAX_OFFERED).collect(Collectors.joining(", "))
                                + (names.size() > MAX_OFFERED ? ", …" : ""));
    }

    private String noCode() {
        SortedSet<Integer> lines = new TreeSet<>();
        meant.forEach(each -> lines.addAll(each.contents().lines()));
        String in = location.method().map(method -> " in the method " + method).orElse("");
        String start = "no code at line " + location.line() + in + " of " + className();
        if (lines.isEmpty()) {
            return start + ": the class was compiled without line numbers (javac -g:none); compile it with -g:lines,"
                    + " or probe a method, as in " + location.type() + "#method:exit";
        }
        if (location.method().isPresent() && lines.contains(location.line())) {
            return start + "; other methods have some there";
        }
        return start + "; nearest: " + Nearest.lines(lines, location.line());
    }

    /** Of a class and those nested in it, the outermost. */
    private String className() {
        return meant.stream()
                .map(Meant::className)
                .min(Comparator.comparingInt(String::length))
                .orElse(location.type());
    }
}
