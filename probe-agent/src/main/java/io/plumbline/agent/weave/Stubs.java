package io.plumbline.agent.weave;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Defines the stubs of sites, each once, in the loader of the woven class and before that class is handed to the JVM. A
 * stub stays as long as its loader, so their number is bounded. Keeps no loader alive. Thread-safe.
 */
final class Stubs {
    /** Of about 2 KB each. Proofs that probe every line at once raise it. */
    static final int MAX_PER_LOADER = Integer.getInteger("plumbline.max-sites-of-old-classes", 20_000);

    private final Definer definer;
    private final Map<ClassLoader, Set<String>> defined = new WeakHashMap<>();

    Stubs(Definer definer) {
        this.definer = definer;
    }

    /**
     * Makes sure that a site's stub is there.
     *
     * @param owner the woven class, with dots
     * @param door internal name of the class that links
     * @throws UnlinkableException with the reason, when there can be no more stubs
     */
    void define(ClassLoader loader, Module module, String owner, String door, WovenSite site) {
        String name = Stub.nameOf(site.id(), site.layout());
        synchronized (this) {
            Set<String> names = defined.computeIfAbsent(loader, any -> new HashSet<>());
            if (names.contains(name)) {
                return;
            }
            if (names.size() == MAX_PER_LOADER) {
                throw new UnlinkableException("its class loader already holds " + MAX_PER_LOADER
                        + " sites in classes of this kind, and they stay until the program ends; restart it");
            }
            names.add(name);
        }
        Stub stub = new Stub(site.id(), site.layout(), owner, door);
        Class<?> type = definer.define(loader, name, JdkClasses.isLoader(loader) ? stub.guarded() : stub.plain());
        if (module != null) {
            definer.letRead(module, type);
        }
        if (JdkClasses.isLoader(loader)) {
            warm(type);
        }
    }

    /** Links the call in the stub while no hit can come. */
    private static void warm(Class<?> stub) {
        try {
            stub.getMethod(Stub.WARM).invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new UnlinkableException("the call in " + stub.getName() + " can't be linked", e);
        }
    }
}
