package io.plumbline.agent.compile;

import io.plumbline.agent.compile.MethodLookup.Found;
import io.plumbline.agent.compile.PureMethods.Pure;
import io.plumbline.agent.compile.PureMethods.Study;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * Looks into one method: every instruction must be known to change nothing, and there are no loops, so that it ends. What
 * fields, classes and calls lead to is found on the way; the same result then makes the translation.
 */
final class MethodStudy {
    private static final int MAX_INSTRUCTIONS = 1_000;

    /** What a call costs at least, so that the depth of calls is bounded by the fuel. */
    private static final int CALL_COST = PureMethods.FUEL / 64;

    private final PureMethods methods;
    private final Fields fields;
    private final Study study;
    private final Found found;
    private final MethodNode code;
    private final ClassNames classes;

    /** What stands for an instruction: a handle, a {@link Class}, or a {@link Kotlin}. */
    private final Map<AbstractInsnNode, Object> links = new HashMap<>();

    private final List<Pure> calls = new ArrayList<>();
    private String place;

    /** The checks that Kotlin's compiler puts into code; none does anything where all is well. */
    enum Kotlin {
        CHECK,
        THROW
    }

    MethodStudy(PureMethods methods, Fields fields, Study study, Found found) {
        this.methods = methods;
        this.fields = fields;
        this.study = study;
        this.found = found;
        this.code = found.code();
        this.classes = new ClassNames(found.owner());
        this.place = "";
    }

    /**
     * The method as code of our own.
     *
     * @throws ImpureException with a clause that goes with the method's name: "writes the field 'x' (Order.java:41)"
     */
    Pure study() throws ImpureException {
        checkHead();
        int count = 0;
        for (AbstractInsnNode instruction : code.instructions) {
            if (instruction instanceof LineNumberNode line) {
                place = place(line.line);
            }
            if (instruction.getOpcode() >= 0) {
                count++;
                check(instruction);
            }
        }
        int own = Math.max(count, CALL_COST);
        int cost = own + calls.stream().mapToInt(Pure::cost).sum();
        refuseIf(cost > PureMethods.FUEL, "takes more than " + PureMethods.FUEL + " steps with all that it calls");
        int height = 1 + calls.stream().mapToInt(Pure::height).max().orElse(0);
        return new Pure(new PureTranslator(found, links, own, calls.size()).translate(), cost, height);
    }

    private String place(int line) throws ImpureException {
        String file = study.file(found.owner()).sourceFile;
        return " (" + (file == null ? PureMethods.simpleName(found.owner()) : file) + ":" + line + ")";
    }

    private void checkHead() throws ImpureException {
        refuseIf(fields.redaction().hidesName(code.name), "is hidden by redaction, for its name");
        refuseIf(found.has(Opcodes.ACC_NATIVE), "is native");
        refuseIf(found.has(Opcodes.ACC_SYNCHRONIZED), "takes a lock");
        refuseIf(Type.getReturnType(code.desc) == Type.VOID_TYPE, "gives no value");
        refuseIf(!code.tryCatchBlocks.isEmpty(), "catches exceptions");
        refuseIf(code.instructions.size() > 8 * MAX_INSTRUCTIONS, "is too long to be looked into");
        long instructions = Stream.of(code.instructions.toArray())
                .filter(i -> i.getOpcode() >= 0)
                .count();
        refuseIf(instructions > MAX_INSTRUCTIONS, "is longer than " + MAX_INSTRUCTIONS + " instructions");
    }

    private void refuseIf(boolean wrong, String reason) throws ImpureException {
        if (wrong) {
            throw new ImpureException(reason + place);
        }
    }

    private void check(AbstractInsnNode instruction) throws ImpureException {
        if (instruction instanceof FieldInsnNode access) {
            field(access);
        } else if (instruction instanceof MethodInsnNode call) {
            call(call);
        } else if (instruction instanceof TypeInsnNode type) {
            type(type);
        } else if (instruction instanceof InvokeDynamicInsnNode) {
            refuseIf(true, "makes a text, a lambda or another object");
        } else if (instruction instanceof LdcInsnNode constant) {
            refuseIf(
                    !(constant.cst instanceof String || constant.cst instanceof Number),
                    "uses a class or another constant that must be linked");
        } else {
            jumps(instruction);
            effect(instruction.getOpcode());
        }
    }

    private void effect(int opcode) throws ImpureException {
        refuseIf(opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE, "writes into an array");
        refuseIf(opcode == Opcodes.ATHROW, "throws an exception");
        refuseIf(opcode == Opcodes.MONITORENTER || opcode == Opcodes.MONITOREXIT, "takes a lock");
        refuseIf(opcode == Opcodes.NEWARRAY || opcode == Opcodes.MULTIANEWARRAY, "makes an array");
        refuseIf(opcode == Opcodes.JSR || opcode == Opcodes.RET, "is compiled in a way that is not looked into");
    }

    private void jumps(AbstractInsnNode instruction) throws ImpureException {
        List<LabelNode> targets = new ArrayList<>();
        if (instruction instanceof JumpInsnNode jump) {
            targets.add(jump.label);
        } else if (instruction instanceof TableSwitchInsnNode choice) {
            targets.addAll(choice.labels);
            targets.add(choice.dflt);
        } else if (instruction instanceof LookupSwitchInsnNode choice) {
            targets.addAll(choice.labels);
            targets.add(choice.dflt);
        }
        int here = code.instructions.indexOf(instruction);
        for (LabelNode target : targets) {
            refuseIf(code.instructions.indexOf(target) < here, "has a loop");
        }
    }

    private void type(TypeInsnNode instruction) throws ImpureException {
        refuseIf(instruction.getOpcode() == Opcodes.NEW, "makes an object");
        refuseIf(instruction.getOpcode() == Opcodes.ANEWARRAY, "makes an array");
        links.put(instruction, owner(instruction.desc));
    }

    private Class<?> owner(String internalName) throws ImpureException {
        Type type = Type.getObjectType(internalName);
        Class<?> found = classes.ofDescriptor(type.getDescriptor());
        String name = type.getClassName();
        refuseIf(!found.getTypeName().equals(name.replace('/', '.')), "uses " + name + ", which can't be found");
        return found;
    }

    private void field(FieldInsnNode access) throws ImpureException {
        boolean writes = access.getOpcode() == Opcodes.PUTFIELD || access.getOpcode() == Opcodes.PUTSTATIC;
        refuseIf(writes, "writes the field '" + access.name + "'");
        Class<?> owner = owner(access.owner);
        boolean isStatic = access.getOpcode() == Opcodes.GETSTATIC;
        try {
            Field field = Fields.find(owner, access.name);
            boolean same = field != null
                    && Modifier.isStatic(field.getModifiers()) == isStatic
                    && Type.getDescriptor(field.getType()).equals(access.desc);
            refuseIf(!same, "reads the field '" + access.name + "', which is not as the class file says");
            boolean hidden = fields.redaction().hides(field.getName(), field.getType())
                    || fields.redaction().hidesType(field.getDeclaringClass());
            refuseIf(hidden, "reads '" + access.name + "', which is hidden by redaction");
            boolean foreign = Fields.isJdk(field.getDeclaringClass())
                    && !(Modifier.isPublic(field.getModifiers()) && Modifier.isFinal(field.getModifiers()));
            refuseIf(foreign, "reads a field of the JDK, '" + access.name + "'");
            links.put(access, isStatic ? constant(field) : fields.getter(field));
        } catch (IllegalAccessException | LinkageError e) {
            throw new ImpureException("reads the field '" + access.name + "', which the JVM does not allow: " + e);
        }
    }

    /** A static field of the classes that the receiver is made of is ready; any other may have to wait. */
    private MethodHandle constant(Field field) throws IllegalAccessException {
        Class<?> owner = field.getDeclaringClass();
        boolean ready = Fields.isJdk(owner)
                || (!found.has(Opcodes.ACC_STATIC) && !owner.isInterface() && owner.isAssignableFrom(found.owner()));
        return ready
                ? fields.getter(field)
                : fields.guardedGetter(field)
                        .asType(java.lang.invoke.MethodType.methodType(Types.erased(field.getType())));
    }

    private void call(MethodInsnNode call) throws ImpureException {
        if (call.owner.equals("kotlin/jvm/internal/Intrinsics") && kotlin(call)) {
            return;
        }
        refuseIf(call.owner.startsWith("["), "copies an array");
        Class<?> owner = owner(call.owner);
        Found target = study.lookup.find(owner, call.name, call.desc);
        String name = PureMethods.shown(owner, call.name);
        refuseIf(target == null, "calls " + name + ", which can't be found");
        if (target.code() == null) {
            MethodHandle listed = BytecodeCalls.find(fields, owner, target.owner(), call.name, call.desc);
            refuseIf(
                    listed == null,
                    "calls " + name + ", which is not among the calls that are known to change nothing,");
            links.put(call, listed);
            return;
        }
        refuseIf(target.has(Opcodes.ACC_STATIC) != (call.getOpcode() == Opcodes.INVOKESTATIC), "calls " + name);
        try {
            boolean direct = call.getOpcode() == Opcodes.INVOKESPECIAL;
            Pure pure = direct ? methods.of(target, study) : methods.call(target, study);
            calls.add(pure);
            links.put(call, pure);
        } catch (ImpureException e) {
            throw new ImpureException("calls a method that is not free of effects" + place + ": " + e.getMessage());
        }
    }

    private boolean kotlin(MethodInsnNode call) {
        boolean isCheck = call.name.startsWith("check") && call.desc.endsWith("V");
        boolean isThrow = call.name.startsWith("throw") && call.desc.endsWith("V");
        if (isCheck || isThrow) {
            links.put(call, isCheck ? Kotlin.CHECK : Kotlin.THROW);
        }
        return isCheck || isThrow;
    }
}
