package io.plumbline.agent.weave;

import io.plumbline.config.probe.Location;
import io.plumbline.config.probe.MethodName;
import io.plumbline.config.probe.Spot;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.Type;

/**
 * Names one site within a class so that weaving the class again finds it again.
 *
 * @param method name and descriptor
 * @param file that a line is counted in: empty for the class's own, else another one that the class has code from
 * @param spot without an exception's type, which is asked at the hit
 * @param ordinal which of the method's sites of the spot, from 0
 */
record SiteKey(String method, String file, Spot spot, int ordinal) {

    /** Whether a location means this site, given that it means the class. */
    boolean isAt(Location location) {
        return spot.equals(bare(location.spot()))
                && location.method().map(name -> means(name, method)).orElse(true);
    }

    /** Whether a person's name for a method means it. */
    static boolean means(MethodName name, String method) {
        int bracket = method.indexOf('(');
        return name.name().length() == bracket
                && method.startsWith(name.name())
                && name.means(method.substring(0, bracket), parameters(method));
    }

    /** The class names of a method's parameters. */
    static List<String> parameters(String method) {
        return Arrays.stream(Type.getArgumentTypes(method.substring(method.indexOf('('))))
                .map(Type::getClassName)
                .toList();
    }

    /** The spot as sites know it: for exceptions of any type. */
    static Spot bare(Spot spot) {
        if (spot.exception().isEmpty()) {
            return spot;
        }
        return spot instanceof Spot.Catch ? Wish.CATCH : spot instanceof Spot.Throw ? Wish.THROW : Wish.ESCAPE;
    }
}
