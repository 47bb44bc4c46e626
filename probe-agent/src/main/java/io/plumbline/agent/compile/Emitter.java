package io.plumbline.agent.compile;

import io.plumbline.agent.compile.Typed.Argument;
import io.plumbline.agent.compile.Typed.Arithmetic;
import io.plumbline.agent.compile.Typed.Call;
import io.plumbline.agent.compile.Typed.Cast;
import io.plumbline.agent.compile.Typed.Choice;
import io.plumbline.agent.compile.Typed.Concat;
import io.plumbline.agent.compile.Typed.Constant;
import io.plumbline.agent.compile.Typed.Convert;
import io.plumbline.agent.compile.Typed.ElementRead;
import io.plumbline.agent.compile.Typed.FieldRead;
import io.plumbline.agent.compile.Typed.Length;
import io.plumbline.agent.compile.Typed.Received;
import io.plumbline.agent.compile.Typed.Sign;
import io.plumbline.agent.compile.Typed.Truth;
import io.plumbline.config.expression.BinaryOperator;
import io.plumbline.config.expression.UnaryOperator;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/**
 * Writes typed expressions as bytecode. Every method starts with an empty operand stack: operands go through local
 * variables, so that wherever a null is met, control can jump to the one label that stands for "the expression is null".
 * (The JIT turns such locals into registers; nothing is lost.)
 *
 * <p>References are Object in the generated code; no class of the application is named in it.
 *
 * <p>One class, though long: each form of expression is one short method, and all of them call each other.
 */
final class Emitter {
    private static final Type OBJECT = Type.getType(Object.class);
    private static final Type HANDLE = Type.getType(MethodHandle.class);
    private static final Type BUILDER = Type.getType(StringBuilder.class);

    private final GeneratorAdapter code;
    private final Constants constants;
    private final Truths truths;

    Emitter(GeneratorAdapter code, Constants constants) {
        this.code = code;
        this.constants = constants;
        this.truths = new Truths(code, constants, this);
    }

    /** Leaves a reference, or null where a null was met. */
    void reference(Typed expression) {
        if (expression.isPrimitive()) {
            boxed(expression);
        } else if (expression instanceof Constant constant) {
            constant(constant);
        } else if (expression instanceof Argument argument) {
            code.visitVarInsn(Opcodes.ALOAD, argument.slot()); // a
        } else if (expression instanceof Cast cast) {
            cast(cast);
        } else if (expression instanceof Choice choice) {
            choice(choice);
        } else if (expression instanceof Concat concat) {
            concat(concat);
        } else {
            orNull(isNull -> value(expression, isNull));
        }
    }

    /** Leaves a primitive; jumps with an empty stack where a null was met. */
    void primitive(Typed expression, Label isNull) {
        if (expression instanceof Constant constant) {
            constant(constant);
        } else if (expression instanceof Argument argument) {
            code.visitVarInsn(type(argument).getOpcode(Opcodes.ILOAD), argument.slot()); // v
        } else if (expression instanceof Convert convert) {
            convert(convert, isNull);
        } else if (expression instanceof Arithmetic arithmetic) {
            arithmetic(arithmetic, isNull);
        } else if (expression instanceof Sign sign) {
            sign(sign, isNull);
        } else if (expression instanceof Choice choice) {
            choice(choice, isNull);
        } else if (expression instanceof Truth truth) {
            truths.value(truth, isNull);
        } else {
            value(expression, isNull);
        }
    }

    /** Goes to one of three labels, with an empty stack. */
    void jump(Typed expression, Label yes, Label no, Label isNull) {
        truths.jump(expression, yes, no, isNull);
    }

    /** Fields, elements, lengths and calls: what starts from an object that may be null. */
    private void value(Typed expression, Label isNull) {
        if (expression instanceof FieldRead read) {
            field(read, isNull);
        } else if (expression instanceof ElementRead read) {
            element(read, isNull);
        } else if (expression instanceof Length length) {
            int array = object(length.array(), isNull);
            code.loadLocal(array); // a
            code.checkCast(arrayType(length.array().type())); // a
            code.arrayLength(); // i
        } else if (expression instanceof Received received) {
            received(received, isNull);
        } else {
            call((Call) expression, isNull);
        }
    }

    private void field(FieldRead read, Label isNull) {
        if (read.target() == null) {
            handle(read.getter()); // h
        } else {
            int target = object(read.target(), isNull);
            handle(read.getter()); // h
            code.loadLocal(target); // h a
        }
        invokeExact(read.getter()); // v
    }

    private void element(ElementRead read, Label isNull) {
        int array = object(read.array(), isNull);
        primitive(read.index(), isNull); // i
        int index = code.newLocal(Type.INT_TYPE);
        code.storeLocal(index); //
        Class<?> type = read.array().type();
        Class<?> component = type.getComponentType();
        code.loadLocal(array); // a
        code.checkCast(arrayType(type)); // a
        code.loadLocal(index); // a i
        code.arrayLoad(component.isPrimitive() ? Type.getType(component) : OBJECT); // v
    }

    /** Any array of references counts as one of Object: the code may not be allowed to name the component's class. */
    private static Type arrayType(Class<?> array) {
        return Type.getType(array.getComponentType().isPrimitive() ? array : Object[].class);
    }

    private void call(Call call, Label isNull) {
        List<Integer> arguments = arguments(call.target(), call.arguments(), isNull);
        handle(call.target()); // h
        arguments.forEach(code::loadLocal); // h a…
        invokeExact(call.target()); // v
    }

    /** Arguments in locals of their own. */
    private List<Integer> arguments(MethodHandle target, List<Typed> arguments, Label isNull) {
        List<Integer> locals = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            boolean primitive = target.type().parameterType(i).isPrimitive();
            locals.add(primitive ? stored(arguments.get(i), isNull) : object(arguments.get(i), isNull));
        }
        return locals;
    }

    private void received(Received call, Label isNull) {
        List<Integer> arguments = arguments(call.target(), call.arguments(), isNull);
        int value = code.newLocal(Type.getType(call.target().type().returnType()));
        Label done = code.newLabel();
        Label start = code.mark();
        handle(call.target()); // h
        arguments.forEach(code::loadLocal); // h a…
        invokeExact(call.target()); // v
        code.storeLocal(value); //
        Label end = code.mark();
        code.goTo(done);
        Type nulls = Type.getType(NullPointerException.class);
        code.catchException(start, end, nulls); // t
        int thrown = code.newLocal(nulls);
        code.storeLocal(thrown); //
        handle(call.caught()); // h
        code.loadLocal(thrown); // h t
        invokeExact(call.caught()); //
        code.goTo(isNull);
        code.mark(done);
        code.loadLocal(value); // v
    }

    /** A primitive in a local of its own. */
    private int stored(Typed expression, Label isNull) {
        primitive(expression, isNull); // v
        int local = code.newLocal(type(expression));
        code.storeLocal(local); //
        return local;
    }

    /** A reference that is not null in a local of its own. */
    private int object(Typed expression, Label isNull) {
        reference(expression); // a
        int local = code.newLocal(OBJECT);
        code.storeLocal(local); //
        code.loadLocal(local); // a
        code.ifNull(isNull); //
        return local;
    }

    private void constant(Constant constant) {
        Object value = constant.value();
        if (value == null) {
            code.push((String) null); // a
        } else if (value instanceof String text) {
            code.push(text); // a
        } else if (value instanceof Character character) {
            code.push(character); // i
        } else if (value instanceof Boolean bool) {
            code.push(bool); // i
        } else {
            code.visitLdcInsn(value); // v
        }
    }

    private void boxed(Typed expression) {
        Type primitive = type(expression);
        orNull(isNull -> {
            primitive(expression, isNull); // v
            code.valueOf(primitive); // a
        });
    }

    private interface Body {
        void emit(Label isNull);
    }

    /** The body's reference, or null where it met one. */
    private void orNull(Body body) {
        Label isNull = code.newLabel();
        Label end = code.newLabel();
        int result = code.newLocal(OBJECT);
        body.emit(isNull); // a
        code.storeLocal(result); //
        code.goTo(end);
        code.mark(isNull);
        code.push((String) null); // a
        code.storeLocal(result); //
        code.mark(end);
        code.loadLocal(result); // a
    }

    private void cast(Cast cast) {
        reference(cast.operand()); // a
        int object = code.newLocal(OBJECT);
        code.storeLocal(object); //
        Label is = code.newLabel();
        code.visitLdcInsn(constants.of(cast.type(), Class.class)); // c
        code.loadLocal(object); // c a
        code.invokeVirtual(Type.getType(Class.class), Method.getMethod("boolean isInstance(Object)")); // i
        code.ifZCmp(Opcodes.IFNE, is); //
        code.push((String) null); // a
        code.storeLocal(object); //
        code.mark(is);
        code.loadLocal(object); // a
    }

    private void choice(Choice choice) {
        orNull(isNull -> {
            Label no = code.newLabel();
            Label yes = code.newLabel();
            Label end = code.newLabel();
            int result = code.newLocal(OBJECT);
            jump(choice.condition(), yes, no, isNull);
            code.mark(yes);
            reference(choice.whenTrue()); // a
            code.storeLocal(result); //
            code.goTo(end);
            code.mark(no);
            reference(choice.whenFalse()); // a
            code.storeLocal(result); //
            code.mark(end);
            code.loadLocal(result); // a
        });
    }

    private void choice(Choice choice, Label isNull) {
        Label no = code.newLabel();
        Label yes = code.newLabel();
        Label end = code.newLabel();
        int result = code.newLocal(type(choice));
        jump(choice.condition(), yes, no, isNull);
        code.mark(yes);
        primitive(choice.whenTrue(), isNull); // v
        code.storeLocal(result); //
        code.goTo(end);
        code.mark(no);
        primitive(choice.whenFalse(), isNull); // v
        code.storeLocal(result); //
        code.mark(end);
        code.loadLocal(result); // v
    }

    private void concat(Concat concat) {
        int builder = code.newLocal(BUILDER);
        code.newInstance(BUILDER); // a
        code.dup(); // a a
        code.invokeConstructor(BUILDER, Method.getMethod("void <init>()")); // a
        code.storeLocal(builder); //
        for (Typed part : concat.parts()) {
            append(builder, part);
        }
        code.loadLocal(builder); // a
        code.invokeVirtual(BUILDER, Method.getMethod("String toString()")); // a
    }

    private void append(int builder, Typed part) {
        reference(part); // a
        code.invokeStatic(
                Type.getObjectType("io/plumbline/agent/bridge/Calls"), Method.getMethod("String text(Object)")); // a
        int text = code.newLocal(Type.getType(String.class));
        code.storeLocal(text); //
        code.loadLocal(builder); // a
        code.loadLocal(text); // a a
        code.invokeVirtual(BUILDER, Method.getMethod("StringBuilder append(String)")); // a
        code.pop(); //
    }

    private void convert(Convert convert, Label isNull) {
        Typed operand = convert.operand();
        if (operand.isPrimitive()) {
            primitive(operand, isNull); // v
            castNumber(type(operand), type(convert)); // w
            return;
        }
        int box = object(operand, isNull);
        Class<?> primitive = Types.unboxed(operand.type());
        code.loadLocal(box); // a
        code.unbox(Type.getType(primitive)); // v
        castNumber(Type.getType(primitive), type(convert)); // w
    }

    private void castNumber(Type from, Type to) {
        if (!from.equals(to) && from.getSort() != Type.BOOLEAN) {
            code.cast(from, to);
        }
    }

    private void arithmetic(Arithmetic arithmetic, Label isNull) {
        int left = stored(arithmetic.left(), isNull);
        int right = stored(arithmetic.right(), isNull);
        code.loadLocal(left); // v
        code.loadLocal(right); // v w
        code.math(opcode(arithmetic.operator()), type(arithmetic)); // x
    }

    private void sign(Sign sign, Label isNull) {
        primitive(sign.operand(), isNull); // v
        Type type = type(sign);
        if (sign.operator() == UnaryOperator.MINUS) {
            code.math(GeneratorAdapter.NEG, type); // w
        } else if (type.equals(Type.LONG_TYPE)) {
            code.push(-1L); // v w
            code.math(GeneratorAdapter.XOR, type); // x
        } else {
            code.push(-1); // v w
            code.math(GeneratorAdapter.XOR, type); // x
        }
    }

    private static int opcode(BinaryOperator operator) {
        return switch (operator) {
            case PLUS -> GeneratorAdapter.ADD;
            case MINUS -> GeneratorAdapter.SUB;
            case TIMES -> GeneratorAdapter.MUL;
            case DIVIDE -> GeneratorAdapter.DIV;
            case REMAINDER -> GeneratorAdapter.REM;
            case BIT_AND -> GeneratorAdapter.AND;
            case BIT_OR -> GeneratorAdapter.OR;
            case BIT_XOR -> GeneratorAdapter.XOR;
            case SHIFT_LEFT -> GeneratorAdapter.SHL;
            case SHIFT_RIGHT -> GeneratorAdapter.SHR;
            case SHIFT_RIGHT_UNSIGNED -> GeneratorAdapter.USHR;
            default -> throw new IllegalArgumentException("no arithmetic: " + operator);
        };
    }

    private void handle(MethodHandle handle) {
        code.visitLdcInsn(constants.of(handle, MethodHandle.class)); // h
    }

    private void invokeExact(MethodHandle handle) {
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL,
                HANDLE.getInternalName(),
                "invokeExact",
                handle.type().toMethodDescriptorString(),
                false);
    }

    static Type type(Typed expression) {
        return Type.getType(expression.type());
    }
}
