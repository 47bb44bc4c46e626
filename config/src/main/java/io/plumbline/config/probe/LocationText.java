package io.plumbline.config.probe;

import io.plumbline.config.text.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text form of a {@link Location}. */
final class LocationText {
    /** Kotlin names files and methods with a dash in front, as in {@code -Buffer.kt}. */
    private static final String NAME = "[\\p{L}_$-][\\p{L}\\p{N}_$.-]*";

    private static final Pattern FORM = Pattern.compile("(?<type>" + NAME + ")"
            + "(?:#(?<method>[\\p{L}_$<-][\\p{L}\\p{N}_$<>-]*)(?:\\((?<parameters>[^()]*)\\))?)?"
            + "(?::(?<spot>[\\p{L}\\p{N}_]+)(?:\\((?<exception>[^()]*)\\))?)?");
    private static final Pattern LINE = Pattern.compile("[0-9]{1,6}");
    private static final Pattern TYPE = Pattern.compile(NAME + "(?:\\[\\])*");
    private static final List<String> WORDS = List.of("entry", "exit", "exception", "throw", "catch");

    private LocationText() {}

    static Location parse(String text) {
        Matcher matcher = FORM.matcher(text.trim());
        if (!matcher.matches() || (matcher.group("method") == null && matcher.group("spot") == null)) {
            throw new IllegalArgumentException("a location is a class or source file and a line, as in"
                    + " shop.OrderService:118 or OrderService.java:118, or a method, as in shop.OrderService#place:exit;"
                    + " this is none: " + text);
        }
        return new Location(matcher.group("type"), method(matcher), spot(matcher));
    }

    private static Optional<MethodName> method(Matcher matcher) {
        return Optional.ofNullable(matcher.group("method"))
                .map(name -> new MethodName(
                        name, Optional.ofNullable(matcher.group("parameters")).map(LocationText::types)));
    }

    private static List<String> types(String parameters) {
        if (parameters.isBlank()) {
            return List.of();
        }
        return Arrays.stream(parameters.split(",", -1))
                .map(type -> type(type.trim(), "a parameter's type"))
                .toList();
    }

    private static Spot spot(Matcher matcher) {
        String word = matcher.group("spot");
        if (word == null) {
            return new Spot.Entry();
        }
        Optional<String> exception =
                Optional.ofNullable(matcher.group("exception")).map(name -> type(name.trim(), "an exception's type"));
        if (LINE.matcher(word).matches()) {
            refuseBrackets(word, exception);
            return new Spot.Line(Integer.parseInt(word));
        }
        return named(word, exception);
    }

    private static Spot named(String word, Optional<String> exception) {
        switch (word) {
            case "entry", "exit":
                refuseBrackets(word, exception);
                return word.equals("entry") ? new Spot.Entry() : new Spot.Exit();
            case "exception":
                return new Spot.Escape(exception);
            case "throw":
                return new Spot.Throw(exception);
            case "catch":
                return new Spot.Catch(exception);
            default:
                String offer = Nearest.to(word, WORDS)
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse("");
                throw new IllegalArgumentException("behind ':' stands a line's number or one of "
                        + String.join(", ", WORDS) + ": " + word + offer);
        }
    }

    private static void refuseBrackets(String word, Optional<String> exception) {
        if (exception.isPresent()) {
            throw new IllegalArgumentException("an exception's type stands behind exception, throw or catch only: "
                    + word + "(" + exception.get() + ")");
        }
    }

    private static String type(String name, String what) {
        if (!TYPE.matcher(name).matches()) {
            throw new IllegalArgumentException(what + " is a class's name, without type arguments: '" + name + "'");
        }
        return name;
    }
}
