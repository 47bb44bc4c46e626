package io.plumbline.agent.weave;

import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.agent.compile.HitCompiler;
import io.plumbline.agent.compile.RejectedException;
import io.plumbline.agent.compile.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.Map;

/**
 * Weaves a class of the agent's own and makes the code of a probe for it, without defining either. Done once at start,
 * on the agent's thread: it proves that weaving works on this JVM, and the first real probe finds all classes loaded.
 */
final class Rehearsal {
    private final HitCompiler compiler;
    private final Map<String, MethodHandle> specials;

    Rehearsal(HitCompiler compiler, Map<String, MethodHandle> specials) {
        this.compiler = compiler;
        this.specials = specials;
    }

    /**
     * @param armed with expressions on {@code quantity}, {@code total} and {@code name} of {@link Subject#price}
     * @throws IllegalStateException when weaving does not work here
     */
    void run(ArmedProbe armed) {
        String resource = Subject.class.getName().replace('.', '/') + ".class";
        try (InputStream in = Subject.class.getClassLoader().getResourceAsStream(resource)) {
            ClassWeaver weaver = new ClassWeaver(in.readAllBytes());
            ClassWeaver.Result result = weaver.weave(weaver.everything(), key -> 0);
            boolean checked = false;
            for (WovenSite site : result.sites()) {
                if (site.layout().variable("total").isPresent()) {
                    check(site, armed);
                    checked = true;
                }
            }
            if (!checked) {
                throw new IllegalStateException("no site was found in " + resource);
            }
        } catch (IOException | RejectedException e) {
            throw new IllegalStateException("the agent's self-test failed: " + e.getMessage(), e);
        }
    }

    private void check(WovenSite site, ArmedProbe armed) throws RejectedException {
        MethodType type =
                MethodType.fromMethodDescriptorString(site.layout().descriptor(), Subject.class.getClassLoader());
        compiler.check(
                type,
                new Scope(Subject.class, "price", site.line(), site.layout().bindings(), specials),
                armed);
    }

    /** What is woven: a loop and a branch, as most code is. */
    static final class Subject {
        private Subject() {}

        static double price(int quantity, String name) {
            double total = 0;
            for (int i = 0; i < quantity; i++) {
                total += i;
            }
            return name == null ? 0 : total;
        }
    }
}
