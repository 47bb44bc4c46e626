package io.plumbline.agent.weave;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicInterpreter;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.Interpreter;

/**
 * Frames worked out from the instructions, as the JVM's old verifier does (JVMS §4.10.2), for methods without stack maps:
 * class files before Java 7 have none or need not have right ones, and the JVM does not keep those of its own classes.
 * Knows objects that are not initialised yet and subroutines ({@code jsr}, {@code ret}). All references are one type, for
 * sites hand them over as Object; so no class is loaded and none is asked for its superclass.
 *
 * @param owner internal name of the class
 */
record InferredFrames(String owner) implements Frames {
    private static final String REFERENCE = "java/lang/Object";

    @Override
    public List<MethodModel.Frame> of(MethodNode method) {
        Frame<BasicValue>[] frames;
        try {
            frames = new Following(new Types(method.name.equals("<init>"))).analyze(owner, method);
        } catch (AnalyzerException | RuntimeException e) {
            throw new MethodRefusedException(
                    method,
                    "the types of the variables in the method " + method.name
                            + " can't be told from its bytecode, which has no stack maps: " + e.getMessage());
        }
        List<MethodModel.Frame> result = new ArrayList<>();
        int next = 0;
        for (AbstractInsnNode node : method.instructions) {
            Frame<BasicValue> frame = frames[next++];
            result.add(node.getOpcode() >= 0 && frame != null ? converted(frame) : null);
        }
        return result;
    }

    private static MethodModel.Frame converted(Frame<BasicValue> frame) {
        List<Object> locals = new ArrayList<>();
        for (int i = 0; i < frame.getLocals(); i++) {
            locals.add(verified(frame.getLocal(i)));
        }
        int height = 0;
        for (int i = 0; i < frame.getStackSize(); i++) {
            height += frame.getStack(i).getSize();
        }
        return new MethodModel.Frame(locals, height);
    }

    /** In the terms of ASM's frames; what is of no use to a probe is TOP. */
    private static Object verified(BasicValue value) {
        if (value instanceof Uninitialized object) {
            return object.made == null ? Opcodes.UNINITIALIZED_THIS : Opcodes.TOP;
        }
        if (value.getType() == null) {
            return Opcodes.TOP;
        }
        return switch (value.getType().getSort()) {
            case Type.INT -> Opcodes.INTEGER;
            case Type.FLOAT -> Opcodes.FLOAT;
            case Type.LONG -> Opcodes.LONG;
            case Type.DOUBLE -> Opcodes.DOUBLE;
            case Type.OBJECT, Type.ARRAY -> REFERENCE;
            default -> Opcodes.TOP;
        };
    }

    /** An object whose constructor has not returned: the one made by an instruction, or {@code this} for null. */
    private static final class Uninitialized extends BasicValue {
        private final AbstractInsnNode made;

        Uninitialized(AbstractInsnNode made) {
            super(Type.getObjectType(REFERENCE));
            this.made = made;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Uninitialized that && that.made == made;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(made);
        }
    }

    /** Primitives, references, and what is neither. */
    private static final class Types extends BasicInterpreter {
        private final boolean inConstructor;

        Types(boolean inConstructor) {
            super(Opcodes.ASM9);
            this.inConstructor = inConstructor;
        }

        @Override
        public BasicValue newParameterValue(boolean isInstanceMethod, int local, Type type) {
            boolean isThis = isInstanceMethod && local == 0;
            return isThis && inConstructor ? new Uninitialized(null) : newValue(type);
        }

        @Override
        public BasicValue newOperation(AbstractInsnNode node) throws AnalyzerException {
            return node.getOpcode() == Opcodes.NEW && node instanceof TypeInsnNode
                    ? new Uninitialized(node)
                    : super.newOperation(node);
        }

        @Override
        public BasicValue merge(BasicValue a, BasicValue b) {
            // BasicValue's own equals would take an object for an initialised one
            boolean same = a instanceof Uninitialized ? a.equals(b) : !(b instanceof Uninitialized) && a.equals(b);
            return same ? a : BasicValue.UNINITIALIZED_VALUE;
        }
    }

    /** Makes frames that know what a constructor's return means. */
    private static final class Following extends Analyzer<BasicValue> {
        Following(Types types) {
            super(types);
        }

        @Override
        protected Frame<BasicValue> newFrame(int locals, int stack) {
            return new Known(locals, stack);
        }

        @Override
        protected Frame<BasicValue> newFrame(Frame<? extends BasicValue> frame) {
            return new Known(frame);
        }
    }

    private static final class Known extends Frame<BasicValue> {
        Known(int locals, int stack) {
            super(locals, stack);
        }

        Known(Frame<? extends BasicValue> frame) {
            super(frame);
        }

        @Override
        public void execute(AbstractInsnNode node, Interpreter<BasicValue> interpreter) throws AnalyzerException {
            BasicValue constructed = null;
            if (node.getOpcode() == Opcodes.INVOKESPECIAL
                    && node instanceof MethodInsnNode call
                    && call.name.equals("<init>")) {
                constructed = getStack(getStackSize() - 1 - Type.getArgumentCount(call.desc));
            }
            super.execute(node, interpreter);
            if (constructed instanceof Uninitialized) {
                initialize(constructed);
            }
        }

        private void initialize(BasicValue constructed) {
            for (int i = 0; i < getLocals(); i++) {
                if (constructed.equals(getLocal(i))) {
                    setLocal(i, BasicValue.REFERENCE_VALUE);
                }
            }
            for (int i = 0; i < getStackSize(); i++) {
                if (constructed.equals(getStack(i))) {
                    setStack(i, BasicValue.REFERENCE_VALUE);
                }
            }
        }
    }
}
