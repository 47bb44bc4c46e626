package io.plumbline.agent.compile;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;

/**
 * One place where the receiver's real class decides what is read. What was found out about a class is kept with the class
 * itself. The first few classes that live at least as long as the probed one get a test of their own in the code, so that
 * the JIT can inline what they lead to; all others are looked up, which keeps none of them alive.
 *
 * <p>Linked by application threads: the first object of a class that comes by pays for reading that class's file. An
 * object whose class can't be read makes the place throw its {@link Unproven}.
 */
final class Dispatch extends MutableCallSite {
    private static final int MAX_INLINED = 4;
    private static final MethodHandle SAME = Handles.of(Dispatch.class, "is", boolean.class, Class.class, Object.class);
    private static final MethodHandle RESOLVE = Handles.of(Dispatch.class, "resolve", MethodHandle.class, Object.class);

    /** Set while this thread finds out about a class: a probe inside a class loader must not start over. */
    private static final ThreadLocal<Boolean> RESOLVING = new ThreadLocal<>();

    /** Finds out what a class has. Called by application threads, once for each class. */
    interface Resolver {
        /** A handle of the place's type, or one that can be adapted to it. */
        MethodHandle resolve(Class<?> receiver) throws ImpureException;
    }

    private final Resolver resolver;
    private final ClassLoader home;
    private final ClassValue<MethodHandle> byClass = new ClassValue<>() {
        @Override
        protected MethodHandle computeValue(Class<?> receiver) {
            return find(receiver);
        }
    };

    /** Racy: one test too many does no harm. */
    private int inlined;

    /**
     * @param type takes the receiver first, as Object
     * @param home the loader of the class that the place belongs to
     */
    Dispatch(MethodType type, ClassLoader home, Resolver resolver) {
        super(type);
        this.home = home;
        this.resolver = resolver;
        MethodHandle resolve = RESOLVE.bindTo(this);
        setTarget(MethodHandles.foldArguments(MethodHandles.exactInvoker(type), resolve));
    }

    private static boolean is(Class<?> type, Object receiver) {
        return receiver.getClass() == type;
    }

    private MethodHandle resolve(Object receiver) {
        Class<?> type = receiver.getClass();
        MethodHandle found = byClass.get(type);
        if (inlined < MAX_INLINED && isAtHome(type.getClassLoader())) {
            inlined++;
            setTarget(MethodHandles.guardWithTest(SAME.bindTo(type), found, getTarget()));
        }
        return found;
    }

    private boolean isAtHome(ClassLoader loader) {
        for (ClassLoader current = home; current != null; current = current.getParent()) {
            if (current == loader) {
                return true;
            }
        }
        return loader == null;
    }

    private MethodHandle find(Class<?> receiver) {
        if (RESOLVING.get() != null) {
            throw new Unproven("a class loader is being probed");
        }
        RESOLVING.set(true);
        try {
            return resolver.resolve(receiver).asType(type());
        } catch (ImpureException e) {
            return thrower(e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            return thrower(Types.name(receiver) + " can't be looked into: " + e);
        } finally {
            RESOLVING.remove();
        }
    }

    private MethodHandle thrower(String reason) {
        MethodHandle thrower = MethodHandles.throwException(type().returnType(), Unproven.class);
        return MethodHandles.dropArguments(thrower.bindTo(new Unproven(reason)), 0, type().parameterList());
    }
}
