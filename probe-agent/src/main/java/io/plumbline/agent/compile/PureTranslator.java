package io.plumbline.agent.compile;

import io.plumbline.agent.compile.MethodLookup.Found;
import io.plumbline.agent.compile.MethodStudy.Kotlin;
import io.plumbline.agent.compile.PureMethods.Pure;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Writes a method that was looked into as a static method of a hidden class of the agent's: the same instructions, but
 * for fields and calls, which go through handles, and for types, which are Object and arrays of it, so that the code
 * names no class of the application. The last parameter is the fuel: the method takes its own steps out of it and shares
 * the rest among its calls, so that the whole ends whatever the receivers' classes bring in.
 */
final class PureTranslator {
    private static final String NAME = "run";
    private static final Type HANDLE = Type.getType(MethodHandle.class);

    private final Found found;
    private final Map<AbstractInsnNode, Object> links;
    private final int cost;
    private final int calls;
    private final Constants constants = new Constants();
    private final ClassWriter writer = new HitCompiler.FrameWriter();
    private final String self;
    private final MethodType type;
    private final int fuel;
    private final Map<LabelNode, Label> labels = new HashMap<>();
    private MethodVisitor out;
    private int helpers;

    /**
     * @param links what stands for instructions
     * @param cost the method's own steps
     * @param calls how many calls of methods like this one it has
     */
    PureTranslator(Found found, Map<AbstractInsnNode, Object> links, int cost, int calls) {
        this.found = found;
        this.links = links;
        this.cost = cost;
        this.calls = calls;
        this.self = PureTranslator.class.getPackageName().replace('.', '/') + "/PlumblinePure";
        this.type = PureMethods.type(found);
        int slots = 0;
        for (Class<?> parameter : type.parameterList()) {
            slots += Type.getType(parameter).getSize();
        }
        this.fuel = slots - 1;
    }

    /** Defines the class; a handle of its method. */
    MethodHandle translate() throws ImpureException {
        writer.visit(Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC, self, null, "java/lang/Object", null);
        out = writer.visitMethod(Opcodes.ACC_STATIC, NAME, type.toMethodDescriptorString(), null, null);
        out.visitCode();
        begin();
        for (AbstractInsnNode instruction : found.code().instructions) {
            write(instruction);
        }
        out.visitMaxs(0, 0);
        out.visitEnd();
        HitCompiler.resolve(writer, constants);
        writer.visitEnd();
        try {
            MethodHandles.Lookup hidden =
                    Handles.lookup().defineHiddenClassWithClassData(writer.toByteArray(), constants.objects(), true);
            return hidden.findStatic(hidden.lookupClass(), NAME, type);
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            throw new ImpureException("can't be translated: " + e);
        }
    }

    /** Takes the method's steps out of the fuel, and gives array parameters their type. */
    private void begin() {
        Label enough = new Label();
        out.visitVarInsn(Opcodes.ILOAD, fuel); // i
        out.visitLdcInsn(cost); // i i
        out.visitInsn(Opcodes.ISUB); // i
        out.visitInsn(Opcodes.DUP); // i i
        out.visitVarInsn(Opcodes.ISTORE, fuel); // i
        out.visitJumpInsn(Opcodes.IFGE, enough); //
        out.visitMethodInsn(Opcodes.INVOKESTATIC, Type.getInternalName(PureMethods.class), "over", "()V", false); //
        out.visitLabel(enough);
        int slot = found.has(Opcodes.ACC_STATIC) ? 0 : 1;
        for (Type argument : Type.getArgumentTypes(found.code().desc)) {
            if (argument.getSort() == Type.ARRAY) {
                out.visitVarInsn(Opcodes.ALOAD, slot); // a
                arrayCast(argument); // a
                out.visitVarInsn(Opcodes.ASTORE, slot); //
            }
            slot += argument.getSize();
        }
    }

    private void write(AbstractInsnNode instruction) {
        if (instruction instanceof VarInsnNode local) {
            out.visitVarInsn(local.getOpcode(), slot(local.var));
        } else if (instruction instanceof IincInsnNode increment) {
            out.visitIincInsn(slot(increment.var), increment.incr);
        } else if (instruction instanceof LabelNode label) {
            out.visitLabel(label(label));
        } else if (instruction instanceof FieldInsnNode access) {
            read(access);
        } else if (instruction instanceof TypeInsnNode test) {
            test(test);
        } else if (instruction instanceof MethodInsnNode call) {
            call(call);
        } else if (!(instruction instanceof LineNumberNode)) {
            instruction.accept(new Relabelled(out));
        }
    }

    /** The fuel stands behind the parameters, where the method's first own variable was. */
    private int slot(int original) {
        return original < fuel ? original : original + 1;
    }

    private Label label(LabelNode label) {
        return labels.computeIfAbsent(label, any -> new Label());
    }

    /** Jumps to the labels of the translation. */
    private final class Relabelled extends MethodVisitor {
        private final Map<Label, Label> here = new HashMap<>();

        Relabelled(MethodVisitor out) {
            super(Opcodes.ASM9, out);
            for (AbstractInsnNode instruction : found.code().instructions) {
                if (instruction instanceof LabelNode label) {
                    here.put(label.getLabel(), label(label));
                }
            }
        }

        @Override
        public void visitJumpInsn(int opcode, Label target) {
            super.visitJumpInsn(opcode, here.get(target));
        }

        @Override
        public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... targets) {
            super.visitTableSwitchInsn(min, max, here.get(otherwise), all(targets));
        }

        @Override
        public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] targets) {
            super.visitLookupSwitchInsn(here.get(otherwise), keys, all(targets));
        }

        private Label[] all(Label[] targets) {
            Label[] there = new Label[targets.length];
            for (int i = 0; i < targets.length; i++) {
                there[i] = here.get(targets[i]);
            }
            return there;
        }
    }

    private void read(FieldInsnNode access) {
        helper((MethodHandle) links.get(access)); // v
        arrayCast(Type.getType(access.desc)); // v
    }

    private void test(TypeInsnNode test) {
        boolean isCast = test.getOpcode() == Opcodes.CHECKCAST;
        out.visitLdcInsn(constants.of(links.get(test), Class.class)); // a c
        out.visitInsn(Opcodes.SWAP); // c a
        out.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL,
                "java/lang/Class",
                isCast ? "cast" : "isInstance",
                isCast ? "(Ljava/lang/Object;)Ljava/lang/Object;" : "(Ljava/lang/Object;)Z",
                false); // v
        if (isCast) {
            arrayCast(Type.getObjectType(test.desc)); // a
        }
    }

    private void call(MethodInsnNode call) {
        Object link = links.get(call);
        if (link instanceof Kotlin check) {
            kotlin(call, check);
            return;
        }
        if (link instanceof Pure pure) {
            out.visitVarInsn(Opcodes.ILOAD, fuel); // … i
            out.visitLdcInsn(calls); // … i i
            out.visitInsn(Opcodes.IDIV); // … i
            helper(pure.handle()); // v
        } else {
            helper((MethodHandle) link); // v
        }
        arrayCast(Type.getReturnType(call.desc)); // v
    }

    private void kotlin(MethodInsnNode call, Kotlin check) {
        Type[] arguments = Type.getArgumentTypes(call.desc);
        for (int i = arguments.length - 1; i >= 0; i--) {
            out.visitInsn(arguments[i].getSize() == 2 ? Opcodes.POP2 : Opcodes.POP); //
        }
        if (check == Kotlin.THROW) {
            out.visitInsn(Opcodes.ACONST_NULL); // a
            out.visitInsn(Opcodes.ATHROW); // a null pointer exception, which makes the expression null
        }
    }

    /** A method of its own for each handle, as a handle must lie below its arguments. */
    private void helper(MethodHandle handle) {
        String name = "handle" + helpers++;
        String descriptor = handle.type().toMethodDescriptorString();
        out.visitMethodInsn(Opcodes.INVOKESTATIC, self, name, descriptor, false); // v
        GeneratorAdapter code =
                new GeneratorAdapter(Opcodes.ACC_STATIC, new Method(name, descriptor), null, null, writer);
        code.visitLdcInsn(constants.of(handle, MethodHandle.class)); // h
        code.loadArgs(); // h …
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, HANDLE.getInternalName(), "invokeExact", descriptor, false); // v
        code.returnValue();
        code.endMethod();
    }

    /** An array keeps its dimensions and primitives, and is one of Object otherwise. */
    private void arrayCast(Type type) {
        if (type.getSort() != Type.ARRAY) {
            return;
        }
        Type element = type.getElementType();
        String erased = element.getSort() == Type.OBJECT ? "Ljava/lang/Object;" : element.getDescriptor();
        out.visitTypeInsn(Opcodes.CHECKCAST, "[".repeat(type.getDimensions()) + erased); // a
    }
}
