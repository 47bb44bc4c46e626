package io.plumbline.agent.capture;

import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.agent.ByteBuddyAgent;

/** Opens packages of the JDK to the tests, as the agent does to itself. */
public final class Opener {
    public static final Instrumentation INSTRUMENTATION = ByteBuddyAgent.install();

    private Opener() {}

    public static void open(Class<?> type) {
        Set<Module> self = Set.of(Opener.class.getModule());
        INSTRUMENTATION.redefineModule(
                type.getModule(), Set.of(), Map.of(), Map.of(type.getPackageName(), self), Set.of(), Map.of());
    }
}
