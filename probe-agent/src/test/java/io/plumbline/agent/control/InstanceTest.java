package io.plumbline.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.settings.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceTest {

    @ParameterizedTest
    @CsvSource({
        "shop.Main --port 1, Main",
        "Main, Main",
        "shop/shop.Main, Main",
        "/opt/shop-1.2.3-SNAPSHOT.jar --x, shop",
        "order-service.jar, order-service",
        "C:\\apps\\shop-2.0.jar, shop",
        "'', java"
    })
    void mainName_ofCommand(String command, String name) {
        assertThat(Instance.mainName(command)).isEqualTo(name);
    }

    @Test
    void here_settingsWin() {
        Instance instance = Instance.here(Settings.of(Map.of(
                "plumbline.service", "shop",
                "plumbline.environment", "prod",
                "plumbline.labels", "team=a,service=ignored")));

        assertThat(instance.id()).startsWith("shop-" + ProcessHandle.current().pid() + "-");
        assertThat(instance.labels())
                .containsEntry("service", "shop")
                .containsEntry("environment", "prod")
                .containsEntry("team", "a")
                .containsEntry("instance", instance.id())
                .containsKeys("host", "pid", "jvm");
    }
}
