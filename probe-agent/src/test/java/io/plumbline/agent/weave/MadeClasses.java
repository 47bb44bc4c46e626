package io.plumbline.agent.weave;

import java.util.function.LongUnaryOperator;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A class loader that makes classes of any name out of nothing: each is a {@link LongUnaryOperator} with one statement on
 * each of the lines {@value #FIRST_LINE} to {@value #LAST_LINE}, every one of them adding one to what it was given.
 */
final class MadeClasses extends ClassLoader {
    static final int FIRST_LINE = 10;
    static final int LAST_LINE = 13;

    MadeClasses() {
        super("made", MadeClasses.class.getClassLoader());
    }

    /**
     * Defines a class.
     *
     * @param name in full, with dots
     */
    Class<?> define(String name) {
        byte[] bytes = bytes(name);
        return defineClass(name, bytes, 0, bytes.length);
    }

    /** An object of a class that is loaded now; the class is initialised. */
    static LongUnaryOperator call(Class<?> made) {
        try {
            return (LongUnaryOperator) made.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String name) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        String[] interfaces = {Type.getInternalName(LongUnaryOperator.class)};
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name.replace('.', '/'), null, "java/lang/Object", interfaces);
        writer.visitSource(name.substring(name.lastIndexOf('.') + 1) + ".java", null);
        constructor(writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null));
        lines(writer.visitMethod(Opcodes.ACC_PUBLIC, "applyAsLong", "(J)J", null, null), name);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void constructor(MethodVisitor code) {
        code.visitCode();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private static void lines(MethodVisitor code, String name) {
        code.visitCode();
        Label start = new Label();
        code.visitLabel(start);
        for (int line = FIRST_LINE; line <= LAST_LINE; line++) {
            Label here = new Label();
            code.visitLabel(here);
            code.visitLineNumber(line, here);
            code.visitVarInsn(Opcodes.LLOAD, 1);
            code.visitInsn(Opcodes.LCONST_1);
            code.visitInsn(Opcodes.LADD);
            code.visitVarInsn(Opcodes.LSTORE, 1);
        }
        code.visitVarInsn(Opcodes.LLOAD, 1);
        code.visitInsn(Opcodes.LRETURN);
        Label end = new Label();
        code.visitLabel(end);
        code.visitLocalVariable("this", "L" + name.replace('.', '/') + ";", null, start, end, 0);
        code.visitLocalVariable("a", "J", null, start, end, 1);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }
}
