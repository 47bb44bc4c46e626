package io.plumbline.agent.compile;

import io.plumbline.agent.bridge.Calls;
import io.plumbline.config.redaction.Redaction;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.objectweb.asm.Type;

/**
 * The calls of JDK methods that a method may make and still be known to change nothing: those that expressions may call,
 * boxing, and tests for null. A null, or a collection that is not the JDK's own, ends in a null pointer exception.
 */
final class BytecodeCalls {
    private static final MethodHandle JDK_OR_NULL = Handles.of(Calls.class, "jdkOrNull", Object.class, Object.class);
    private static final MethodHandle KEY = Handles.of(BytecodeCalls.class, "key", Object.class, Object.class);
    private static final MethodHandle READABLE_KEY =
            Handles.of(BytecodeCalls.class, "readableKey", Object.class, Fields.class, Object.class);
    private static final String GET = "get(Ljava/lang/Object;)Ljava/lang/Object;";
    private static final Set<String> NULL_TESTS = Set.of("isNull", "nonNull", "requireNonNull");
    private static final Map<String, MethodHandle> CONTAINERS = Map.of(
            "size()I",
            Handles.of(Calls.class, "size", Integer.class, Object.class),
            "isEmpty()Z",
            Handles.of(Calls.class, "isEmpty", Boolean.class, Object.class),
            "get(I)Ljava/lang/Object;",
            Handles.of(Calls.class, "get", Object.class, Object.class, int.class),
            GET,
            Handles.of(Calls.class, "get", Object.class, Object.class, Object.class),
            "contains(Ljava/lang/Object;)Z",
            keyed("contains", Boolean.class),
            "containsKey(Ljava/lang/Object;)Z",
            keyed("contains", Boolean.class));

    private BytecodeCalls() {}

    private static MethodHandle keyed(String name, Class<?> result) {
        MethodHandle call = Handles.of(Calls.class, name, result, Object.class, Object.class);
        return MethodHandles.filterArguments(call, 1, KEY);
    }

    /** A key whose equals and hashCode run the JDK only; null for any other. */
    private static Object key(Object key) {
        return key instanceof Enum<?> || (key != null && Calls.isPlain(key)) ? key : null;
    }

    private static Object readableKey(Fields fields, Object key) {
        String name = Redaction.nameOf(key);
        return name != null && fields.redaction().hidesName(name) ? null : key(key);
    }

    /** Takes the key of a map as Object; gives null where it is hidden, or where its class could be the application's. */
    static MethodHandle readableKey(Fields fields) {
        return READABLE_KEY.bindTo(fields);
    }

    /**
     * A handle for a call, with references as Object; null if the call is not known to change nothing.
     *
     * @param owner that the call names, a class of the application perhaps
     * @param declaring the class of the JDK that has the method
     */
    static MethodHandle find(Fields fields, Class<?> owner, Class<?> declaring, String name, String descriptor) {
        if (JdkCalls.isContainer(owner)) {
            MethodHandle call = CONTAINERS.get(name + descriptor);
            boolean hides = (name + descriptor).equals(GET);
            return erased(hides ? MethodHandles.filterArguments(call, 1, readableKey(fields)) : call, descriptor, true);
        }
        for (Method method : declaring.getMethods()) {
            if (method.getName().equals(name)
                    && Type.getMethodDescriptor(method).equals(descriptor)
                    && isListed(declaring, method)) {
                MethodHandle handle = JdkCalls.handle(method);
                boolean isStatic = Modifier.isStatic(method.getModifiers());
                return erased(isStatic || !JdkCalls.isOpen(method) ? handle : checked(handle), descriptor, !isStatic);
            }
        }
        return null;
    }

    private static MethodHandle checked(MethodHandle handle) {
        MethodType type = handle.type().changeParameterType(0, Object.class);
        return MethodHandles.filterArguments(handle.asType(type), 0, JDK_OR_NULL);
    }

    private static MethodHandle erased(MethodHandle handle, String descriptor, boolean hasReceiver) {
        if (handle == null) {
            return null;
        }
        MethodType type =
                MethodType.fromMethodDescriptorString(descriptor, null).erase();
        return handle.asType(hasReceiver ? type.insertParameterTypes(0, Object.class) : type);
    }

    private static boolean isListed(Class<?> declaring, Method method) {
        String name = method.getName();
        boolean isBox = Types.unboxed(declaring).isPrimitive();
        boolean boxes = isBox && name.equals("valueOf") && method.getParameterTypes()[0].isPrimitive();
        boolean testsNull = declaring == Objects.class && NULL_TESTS.contains(name) && method.getParameterCount() == 1;
        boolean equals = name.equals("equals") && (isBox || declaring == String.class);
        if (boxes || testsNull || equals || (declaring == Object.class && name.equals("getClass"))) {
            return true;
        }
        return JdkCalls.isListed(declaring, name) && takesValuesOnly(method);
    }

    /** A parameter of an open type could bring in an application's class, whose methods the JDK would call. */
    private static boolean takesValuesOnly(Method method) {
        for (Class<?> parameter : method.getParameterTypes()) {
            if (!parameter.isPrimitive() && (!Fields.isJdk(parameter) || !Modifier.isFinal(parameter.getModifiers()))) {
                return false;
            }
        }
        return true;
    }
}
