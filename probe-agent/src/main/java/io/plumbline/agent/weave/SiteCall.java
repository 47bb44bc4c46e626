package io.plumbline.agent.weave;

import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** The one instruction that a site consists of besides its loads: takes the variables, leaves nothing. */
interface SiteCall {

    AbstractInsnNode to(int site, SiteLayout layout);

    /**
     * An {@code invokedynamic} in the woven class itself.
     *
     * @param door internal name of the class that links, as the woven class can name it
     */
    record Dynamic(String door) implements SiteCall {
        private static final String LINK = "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;"
                + "Ljava/lang/invoke/MethodType;I)Ljava/lang/invoke/CallSite;";

        @Override
        public AbstractInsnNode to(int site, SiteLayout layout) {
            Handle link = new Handle(Opcodes.H_INVOKESTATIC, door, "link", LINK, false);
            return new InvokeDynamicInsnNode("hit", layout.descriptor(), link, site);
        }
    }

    /** A static call of the site's {@link Stub}, for classes that can't hold an {@code invokedynamic}. */
    record ToStub() implements SiteCall {
        @Override
        public AbstractInsnNode to(int site, SiteLayout layout) {
            return new MethodInsnNode(
                    Opcodes.INVOKESTATIC, Stub.nameOf(site, layout), Stub.HIT, layout.descriptor(), false);
        }
    }
}
