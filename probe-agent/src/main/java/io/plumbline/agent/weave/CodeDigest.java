package io.plumbline.agent.weave;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.TypePath;

/**
 * Tells whether two JVMs run the same code of a class. The constants are put in an order of their own first, and what the JVM may
 * leave out when it hands in a class does not count.
 */
final class CodeDigest {
    private static final int SHOWN = 12;

    private CodeDigest() {}

    /** Twelve hexadecimal digits. */
    static String of(byte[] classFile) {
        ClassWriter inOrder = new ClassWriter(0);
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9, inOrder) {
                            @Override
                            public void visitSource(String file, String debug) {
                                super.visitSource(file, null);
                            }

                            @Override
                            public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
                                return visible ? super.visitAnnotation(descriptor, true) : null;
                            }

                            @Override
                            public AnnotationVisitor visitTypeAnnotation(
                                    int reference, TypePath path, String descriptor, boolean visible) {
                                return null;
                            }

                            @Override
                            public void visitAttribute(Attribute attribute) {
                                // compilers' own, which the JVM does not keep
                            }
                        },
                        ClassReader.SKIP_FRAMES);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(inOrder.toByteArray());
            return HexFormat.of().formatHex(digest).substring(0, SHOWN);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
