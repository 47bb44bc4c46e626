package io.plumbline.agent.weave;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.AnalyzerAdapter;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The frames that the JVM's own verifier uses, taken from the class file, so nothing is guessed and no class is loaded.
 * Class files since Java 7 must have them.
 *
 * @param owner internal name of the class
 */
record WrittenFrames(String owner) implements Frames {

    @Override
    public List<MethodModel.Frame> of(MethodNode method) {
        AnalyzerAdapter adapter =
                new AnalyzerAdapter(Opcodes.ASM9, owner, method.access, method.name, method.desc, null) {};
        List<MethodModel.Frame> frames = new ArrayList<>();
        for (AbstractInsnNode node : method.instructions) {
            boolean reached = node.getOpcode() >= 0 && adapter.locals != null;
            frames.add(reached ? new MethodModel.Frame(new ArrayList<>(adapter.locals), adapter.stack.size()) : null);
            node.accept(adapter);
        }
        return frames;
    }
}
