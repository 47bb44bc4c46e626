package io.plumbline.agent.capture.thrown;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names of classes and methods without the parts that a compiler or a library counts up or makes by chance, so that they
 * are the same in every run, and after code that was added elsewhere.
 *
 * <p>What is known of names: hidden classes and lambdas end in {@code /0x…} (JDK), proxies in a number (JDK), CGLIB's in a
 * hash or number after {@code CGLIB$$}, Javassist's in {@code _$$_…}, Byte Buddy's in a random word after {@code
 * $ByteBuddy$}, {@code $HibernateProxy$} or {@code $MockitoMock$}; anonymous classes are counted in Java, Kotlin, Scala
 * and Groovy, lambda bodies ({@code lambda$name$3}, {@code $anonfun$name$3}) in Java and Scala.
 */
final class StableNames {
    /** The name that goes, from here to its end. */
    private static final Pattern HIDDEN = Pattern.compile("(?:\\$\\d+)?[/+]0x\\p{XDigit}+.*$");

    private static final Pattern LAMBDA = Pattern.compile("\\$\\$Lambda.*$");
    private static final Pattern CGLIB = Pattern.compile("(CGLIB\\$\\$)[0-9a-zA-Z_$]+$");
    private static final Pattern JAVASSIST = Pattern.compile("_\\$\\$_.*$");
    private static final Pattern RANDOM =
            Pattern.compile("(\\$(?:ByteBuddy|HibernateProxy|MockitoMock|HibernateInstantiator))\\$\\w+$");
    private static final Pattern COUNTED_PREFIX =
            Pattern.compile("(\\$Proxy|(?:Method|Constructor)Accessor|_closure|\\$fn__|\\$eval)\\d+");
    private static final Pattern SCRIPT = Pattern.compile("(^|\\.)Script\\d+(?=$|\\$|_)");
    private static final Pattern COUNTED = Pattern.compile("(?<=\\$)\\d+");
    private static final Set<String> GENERATED = Set.of("access$", "$deserializeLambda$");

    private StableNames() {}

    static String type(String name) {
        String stable = HIDDEN.matcher(name).replaceFirst("");
        stable = LAMBDA.matcher(stable).replaceFirst("\\$\\$Lambda");
        stable = CGLIB.matcher(stable).replaceFirst("$1");
        stable = JAVASSIST.matcher(stable).replaceFirst("_\\$\\$_");
        stable = RANDOM.matcher(stable).replaceFirst("$1");
        stable = SCRIPT.matcher(stable).replaceFirst("$1Script");
        return counted(stable);
    }

    static String method(String name) {
        return counted(CGLIB.matcher(name).replaceFirst("$1"));
    }

    private static String counted(String name) {
        return COUNTED.matcher(COUNTED_PREFIX.matcher(name).replaceAll("$1")).replaceAll("");
    }

    /** Whether a method is a compiler's go-between, which newer compilers leave out. */
    static boolean isGenerated(String method) {
        return GENERATED.contains(method(method));
    }
}
