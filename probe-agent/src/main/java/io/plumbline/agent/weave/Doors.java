package io.plumbline.agent.weave;

import io.plumbline.agent.bridge.Bridge;
import io.plumbline.agent.door.Door;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * How the classes of each loader reach the bridge. The JDK's own loaders find it in the bootstrap loader. Any other may
 * hide it (as in OSGi or JBoss Modules), or find it for the agent and not for its own classes (as Felix does, which looks
 * at who asks), so it is not asked: a copy of {@link Door} is defined in it, which leads to the bridge. Nothing here keeps
 * a loader alive. Thread-safe.
 */
final class Doors {
    private static final String BRIDGE = Bridge.class.getName().replace('.', '/');
    private static final String DOOR = Door.class.getName().replace('.', '/');
    private static final MethodType LINK = MethodType.methodType(
            CallSite.class, MethodHandles.Lookup.class, String.class, MethodType.class, int.class);
    private static final MethodType LINK_STUB = LINK.appendParameterTypes(String.class);

    private final Definer definer;
    private final Map<ClassLoader, String> known = Collections.synchronizedMap(new WeakHashMap<>());

    Doors(Definer definer) {
        this.definer = definer;
    }

    /**
     * The internal name of the class whose {@code link} and {@code linkStub} the loader's classes can name.
     *
     * @param loader null for the bootstrap loader
     * @param module of the class that will name it
     * @throws UnlinkableException with the reason, when the loader's classes can't reach the bridge at all
     */
    String of(ClassLoader loader, Module module) {
        String name = known.get(loader);
        if (name == null) {
            // not under the map's lock: a loader's own code runs
            name = JdkClasses.isLoader(loader) || isApplicationLoader(loader) ? BRIDGE : opened(loader);
            known.put(loader, name);
        }
        if (name.equals(DOOR) && module != null && module.isNamed()) {
            definer.letRead(module, doorOf(loader));
        }
        return name;
    }

    /** The class path's; not the one by which a program may replace it. */
    private static boolean isApplicationLoader(ClassLoader loader) {
        return loader.getClass().getName().equals("jdk.internal.loader.ClassLoaders$AppClassLoader");
    }

    private String opened(ClassLoader loader) {
        refuseUnlessLinkable(loader);
        Class<?> door = define(loader);
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MethodHandle link = lookup.findStatic(Bridge.class, "link", LINK);
            MethodHandle linkStub = lookup.findStatic(Bridge.class, "linkStub", LINK_STUB);
            door.getField("link").set(null, link);
            door.getField("linkStub").set(null, linkStub);
        } catch (ReflectiveOperationException e) {
            throw new UnlinkableException("the way to the agent can't be opened in its class loader", e);
        }
        return DOOR;
    }

    /** To link a call the JVM asks the loader for these, and what it answers ends in the application. */
    private static void refuseUnlessLinkable(ClassLoader loader) {
        for (Class<?> needed : new Class<?>[] {
            MethodHandles.Lookup.class, MethodType.class, CallSite.class, MethodHandle.class, String.class, Object.class
        }) {
            try {
                if (Class.forName(needed.getName(), false, loader) == needed) {
                    continue;
                }
            } catch (Throwable t) {
                // said below
            }
            throw new UnlinkableException(
                    "its class loader does not let it see " + needed.getName() + ", which a probe's call needs");
        }
    }

    private Class<?> define(ClassLoader loader) {
        try (InputStream in = Door.class.getResourceAsStream("Door.class")) {
            return definer.define(loader, DOOR, in.readAllBytes());
        } catch (LinkageError e) {
            return doorOf(loader); // from an agent before this one, or from another thread just now
        } catch (IOException e) {
            throw new UnlinkableException("the agent's class Door can't be read", e);
        }
    }

    /** The JVM answers from what the loader has defined. */
    private static Class<?> doorOf(ClassLoader loader) {
        try {
            Class<?> door = Class.forName(Door.class.getName(), false, loader);
            if (door.getClassLoader() == loader) {
                return door;
            }
        } catch (ClassNotFoundException e) {
            // said below
        }
        throw new UnlinkableException("the class " + Door.class.getName() + " can't be defined in its class loader");
    }
}
