package io.plumbline.agent.compile;

import io.plumbline.agent.compile.MethodLookup.Found;
import io.plumbline.agent.compile.PureMethods.Study;
import io.plumbline.config.wire.ScopeReply.Name;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * What is in a type, as far as expressions may read it: fields of any visibility, what a record is made of, methods that are known to
 * change nothing.
 *
 * <p>The bargain: to prove that a method changes nothing takes time and keeps its translation, so that is done for one type at a time and
 * for {@link #PROOF_NANOS}; methods that it did not come to are left out, though a probe may call them. Control thread only.
 */
final class Members {
    private static final long PROOF_NANOS = TimeUnit.MILLISECONDS.toNanos(60);
    private static final int MAX_MEMBERS = 150;
    private static final int MAX_PROOFS = 40;
    private static final String METHOD = "method";

    private final Fields fields;
    private final PureMethods methods;

    Members(Fields fields, PureMethods methods) {
        this.fields = fields;
        this.methods = methods;
    }

    /** The fields of a class and of what it extends, the nearest first; as many as can be listed. */
    static List<Field> fields(Class<?> type) {
        List<Field> all = new ArrayList<>();
        try {
            for (Class<?> current = type;
                    current != null && !Fields.isJdk(current);
                    current = current.getSuperclass()) {
                all.addAll(Arrays.asList(current.getDeclaredFields()));
            }
        } catch (LinkageError e) {
            // a class in a declaration is missing; what could be read stands
        }
        return all;
    }

    /**
     * Of an object.
     *
     * @param proving whether methods are looked into; else only those that need it not are there
     */
    List<Name> of(Class<?> type, boolean proving) {
        Map<String, Name> found = new LinkedHashMap<>();
        if (type.isArray()) {
            put(found, "length", "length", int.class, "field");
        } else if (Fields.isJdk(type)) {
            ofJdk(type, found);
        } else if (!type.isPrimitive()) {
            ofApplication(type, proving, found);
        }
        return found.values().stream().limit(MAX_MEMBERS).toList();
    }

    /** Static fields that may be read from a class: constants of an enum anywhere, all where it is of the same nest. */
    List<Name> ofClass(Class<?> type, Class<?> from) {
        Map<String, Name> found = new LinkedHashMap<>();
        boolean isFamily = type.isAssignableFrom(from) || isOfNest(type, from);
        for (Field field : Fields.isJdk(type) ? Arrays.asList(type.getFields()) : fields(type)) {
            boolean isRead = field.isEnumConstant() || isFamily || Fields.isJdk(type);
            if (Modifier.isStatic(field.getModifiers()) && !field.isSynthetic() && isRead) {
                put(found, field.getName(), field.getName(), field.getType(), "static");
            }
        }
        return found.values().stream().limit(MAX_MEMBERS).toList();
    }

    private static boolean isOfNest(Class<?> type, Class<?> from) {
        try {
            return type.getNestHost() == from.getNestHost();
        } catch (LinkageError e) {
            return false;
        }
    }

    private void put(Map<String, Name> found, String written, String name, Class<?> type, String kind) {
        found.putIfAbsent(
                written,
                new Name(written, Types.name(type), kind, fields.redaction().hides(name, type)));
    }

    private void ofJdk(Class<?> type, Map<String, Name> found) {
        if (JdkCalls.isContainer(type)) {
            boolean isMap = Map.class.isAssignableFrom(type);
            for (String name : JdkCalls.names(type)) {
                String parameter = name.equals("get") && !isMap ? "int" : "Object";
                boolean isBare = name.equals("size") || name.equals("isEmpty");
                String result = name.equals("size") ? "int" : name.equals("get") ? "java.lang.Object" : "boolean";
                String written = name + (isBare ? "()" : "(" + parameter + ")");
                found.put(written, new Name(written, result, METHOD, false));
            }
            return;
        }
        for (Method method : Modifier.isPublic(type.getModifiers()) ? type.getMethods() : new Method[0]) {
            boolean isListed = JdkCalls.names(type).contains(method.getName());
            if (isListed && !method.isBridge() && !Modifier.isStatic(method.getModifiers())) {
                String written = written(method.getName(), method.getParameterTypes());
                put(found, written, method.getName(), method.getReturnType(), METHOD);
            }
        }
    }

    private static String written(String name, Class<?>... parameters) {
        return name + Arrays.stream(parameters).map(Class::getSimpleName).collect(Collectors.joining(", ", "(", ")"));
    }

    private void ofApplication(Class<?> type, boolean proving, Map<String, Name> found) {
        for (Field field : fields(type)) {
            if (!field.isSynthetic() && !Modifier.isStatic(field.getModifiers())) {
                put(found, field.getName(), field.getName(), field.getType(), "field");
            }
        }
        if (type.isRecord()) {
            components(type, found);
        }
        if (proving) {
            methods(type, found);
        }
        if (Enum.class.isAssignableFrom(type)) {
            found.putIfAbsent("name()", new Name("name()", "java.lang.String", METHOD, false));
            found.putIfAbsent("ordinal()", new Name("ordinal()", "int", METHOD, false));
        }
    }

    private void components(Class<?> type, Map<String, Name> found) {
        try {
            for (RecordComponent component : type.getRecordComponents()) {
                put(found, component.getName(), component.getName(), component.getType(), "component");
                found.replace(
                        component.getName(),
                        new Name(
                                component.getName(),
                                Types.name(component.getType()),
                                "component",
                                fields.redaction().hides(component.getName(), component.getType())));
            }
        } catch (LinkageError e) {
            // its fields are there
        }
    }

    private void methods(Class<?> type, Map<String, Name> found) {
        long deadline = System.nanoTime() + PROOF_NANOS;
        Study study = new Study();
        int proofs = 0;
        try {
            for (Found method : study.lookup.all(type)) {
                boolean cheap = method.has(Opcodes.ACC_ABSTRACT)
                        || isGetter(method.code())
                        || fields.redaction().hidesName(method.code().name);
                boolean tried = cheap || proofs++ < MAX_PROOFS && System.nanoTime() < deadline;
                if (tried && (cheap || isPure(method, study))) {
                    add(method, found);
                }
            }
        } catch (ImpureException | LinkageError e) {
            // the class file can't be read: no method of it is called either
        }
    }

    private void add(Found method, Map<String, Name> found) {
        MethodNode code = method.code();
        ClassNames names = new ClassNames(method.owner());
        Class<?>[] parameters = Arrays.stream(Type.getArgumentTypes(code.desc))
                .map(parameter -> names.ofDescriptor(parameter.getDescriptor()))
                .toArray(Class<?>[]::new);
        Class<?> result = names.ofDescriptor(Type.getReturnType(code.desc).getDescriptor());
        put(found, written(code.name, parameters), code.name, result, METHOD);
    }

    private boolean isPure(Found method, Study study) {
        try {
            methods.call(method, study);
            return true;
        } catch (ImpureException | LinkageError e) {
            return false;
        }
    }

    /** One that gives a field of its own. */
    private static boolean isGetter(MethodNode code) {
        List<Integer> opcodes = new ArrayList<>();
        for (AbstractInsnNode instruction : code.instructions) {
            if (instruction.getOpcode() >= 0) {
                opcodes.add(instruction.getOpcode());
            }
        }
        return opcodes.size() == 3
                && opcodes.get(0) == Opcodes.ALOAD
                && opcodes.get(1) == Opcodes.GETFIELD
                && (code.access & (Opcodes.ACC_SYNCHRONIZED | Opcodes.ACC_STATIC)) == 0;
    }
}
