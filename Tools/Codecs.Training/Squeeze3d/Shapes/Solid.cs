using System.Numerics;

namespace Codecs.Training.Squeeze3d.Shapes;

/// <summary>Distance to a solid, negative inside; exact or a little less, so that the sign and the zero are right.</summary>
internal delegate float Solid(Vector3 point);
