import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;

/**
 * Runs a script of Flink SQL in this JVM until its last statement is done, and prints the CPU nanoseconds that the
 * JVM used. Arguments: the script, then NAME=VALUE for each ${NAME} in it.
 */
public class RunSql {
  public static void main(String[] arguments) throws Exception {
    String script = Files.readString(Path.of(arguments[0])).replaceAll("(?m)^--.*$", "");
    for (int index = 1; index < arguments.length; index++) {
      String[] variable = arguments[index].split("=", 2);
      script = script.replace("${" + variable[0] + "}", variable[1]);
    }
    int set = script.indexOf("EXECUTE STATEMENT SET");
    TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
    for (String statement : script.substring(0, set).split(";")) {
      String trimmed = statement.trim();
      if (trimmed.startsWith("SET ")) {
        String[] parts = trimmed.split("'");
        tables.getConfig().set(parts[1], parts[3]);
      } else if (!trimmed.isEmpty()) {
        tables.executeSql(trimmed);
      }
    }
    tables.executeSql(script.substring(set).trim()).await();
    OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    System.out.println("cpu_nanoseconds=" + system.getProcessCpuTime());
    System.exit(0);
  }
}
